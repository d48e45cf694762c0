import { HELP_PAGES, type HelpPageId } from '../../../shared/help-pages.ts';

/** The places of the app that a section of docs/guide.md speaks of. */
const PLACES = [
  'inspect-another-token',
  'revoke',
  'review',
  'run',
  'runs',
  'idle-timeout',
  'settings',
  'connections',
] as const;

export type HelpPlace = (typeof PLACES)[number];

/** What following a link of a runbook does; the window itself opens no web page. */
export type HelpLink =
  | { readonly kind: 'place'; readonly place: HelpPlace }
  | { readonly kind: 'page'; readonly id: HelpPageId }
  | { readonly kind: 'web'; readonly address: string };

/**
 * Reads the target of a Markdown link in docs/runbooks: a section of the guide, another runbook, or a web page.
 * @returns null for anything else, which a test keeps out of the runbooks
 */
export function helpLink(target: string): HelpLink | null {
  if (target.startsWith('https://')) return { kind: 'web', address: target };
  const place = PLACES.find((name) => target === `../guide.md#${name}`);
  if (place) return { kind: 'place', place };
  const page = HELP_PAGES.find(({ id }) => target === `${id}.md`);
  return page ? { kind: 'page', id: page.id } : null;
}
