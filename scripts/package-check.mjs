// @ts-check
// `npm run package:check`: makes the packaged layout with the stand-in in the place of Electron's binary, looks at what
// is in it, and runs it.
import { runOrExit } from './here.mjs';
import { installNode24 } from './node24.mjs';

if (!(await installNode24())) process.exit(1);
runOrExit(['npm', 'run', '--silent', 'package', '--', '--stand-in']);
runOrExit(['npx', 'playwright', 'test', '--project=packaged']);
