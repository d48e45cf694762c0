import type { ProtectedEntry } from '../../../shared/plan.ts';
import { isGuid } from '../../../shared/guid.ts';

const keyOf = (entry: ProtectedEntry): string =>
  `${entry.kind} ${(entry.kind === 'email' ? entry.email : entry.id).toLowerCase()}`;

/** Whether both mean the same, whatever they are labelled. */
export const sameEntry = (a: ProtectedEntry, b: ProtectedEntry): boolean => keyOf(a) === keyOf(b);

/** Whether the list has it already. */
export const addsNothing = (entries: readonly ProtectedEntry[], entry: ProtectedEntry): boolean =>
  entries.some((one) => sameEntry(one, entry));

/** Whether what was typed can be an entry. */
export const isUsable = (kind: 'email' | 'user', text: string): boolean =>
  kind === 'email' ? /^[^\s@]+@[^\s@]+$/.test(text.trim()) : isGuid(text.trim());
