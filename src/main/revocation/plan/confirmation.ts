/** From here on, the org must be named too: the mistake of that size is to be in the wrong org. */
const NAME_THE_ORG_FROM = 50;

/** Up to here main's dialog names the users, or most of them: typing would add nothing to reading it. */
const TYPE_FROM = 10;

/**
 * What must be typed before a run: nothing for a few users, the number for more (it says whether the list is the right
 * one), the number and the org for many. Main's dialog comes in any case.
 */
export function confirmationText(users: number, organization: string): string {
  if (users < TYPE_FROM) return '';
  const many = `REVOKE ${users}`;
  return users < NAME_THE_ORG_FROM ? many : `${many} IN ${organization.replace(/\s+/g, ' ').trim()}`;
}
