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

const keyOf = (entry: ProtectedEntry): string =>
  `${entry.kind} ${(entry.kind === 'email' ? entry.email : entry.id).toLowerCase()}`;

/** Whether both mean the same, whatever they are labelled. */
export const sameEntry = (a: ProtectedEntry, b: ProtectedEntry): boolean => keyOf(a) === keyOf(b);

export const addsNothing = (entries: readonly ProtectedEntry[], entry: ProtectedEntry): boolean =>
  entries.some((one) => sameEntry(one, entry));

/** Whether what was typed can be an entry. */
export const isUsable = (kind: 'email' | 'user', text: string): boolean =>
  (kind === 'email' ? /^[^\s@]+@[^\s@]+$/ : /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i).test(text.trim());
