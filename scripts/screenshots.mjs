// @ts-check
// `npm run screenshots`: every view at four widths, light and dark, into e2e/screenshots, for a person to look at.
import { runOrExit } from './here.mjs';

runOrExit(['npx', 'playwright', 'test', 'e2e/accessibility.spec.ts'], {
  TOKENDESK_PICTURES: 'every',
});
