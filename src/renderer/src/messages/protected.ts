import type { ProtectedEntry } from '../../../shared/plan.ts';

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
