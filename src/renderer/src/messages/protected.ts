import type { ProtectedEntry } from '../../../shared/plan.ts';

/** Why what was typed cannot be an entry. */
export const NOT_USABLE: Readonly<Record<'email' | 'user', string>> = {
  email: 'Enter one email address.',
  user: 'Enter a user id, such as 5a746dcc-bb0d-4977-88ad-ac64a883f6f8.',
};

/** What an entry of the protected list is called. */
export function protectedName(entry: ProtectedEntry): string {
  switch (entry.kind) {
    case 'email':
      return entry.email;
    case 'user':
      return `User ${entry.label}`;
    case 'group':
      return `Group ${entry.label}`;
    case 'role':
      return `Role ${entry.label}`;
  }
}
