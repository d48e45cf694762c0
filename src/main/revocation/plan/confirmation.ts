/** From here on, the org must be named too: the mistake of that size is to be in the wrong org. */
const NAME_THE_ORG_FROM = 50;

/**
 * What must be typed before a run: nothing to notice for one user, the number for some (it says whether the list is
 * the right one), the number and the org for many.
 */
export function confirmationText(users: number, organization: string): string {
  if (users === 0) return '';
  if (users === 1) return 'revoke';
  const many = `REVOKE ${users}`;
  return users < NAME_THE_ORG_FROM ? many : `${many} IN ${organization.replace(/\s+/g, ' ').trim()}`;
}

/** Compares what was typed; spaces around and repeated ones do not matter, everything else does. */
export const isConfirmed = (typed: string, expected: string): boolean =>
  expected !== '' && typed.normalize('NFC').replace(/\s+/g, ' ').trim() === expected.normalize('NFC');
