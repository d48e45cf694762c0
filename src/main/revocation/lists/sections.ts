import { decides } from './decisions.ts';
import type { Entry } from './entries.ts';

/** `Keep:`, `## Do not revoke`, `**Ausnahmen:**`: what stands above several lines. */
const LABEL = /^(?:#{1,6}\s+|[*_]{1,2})?(\p{L}[^@\n]{0,60}?)\s*([:：]?)[*_]{0,2}\s*([:：]?)$/u;

const labelOf = ({ text, users }: Entry): string | null => {
  if (users > 0 || text.length > 80) return null;
  const [, label, inside, behind] = LABEL.exec(text) ?? [];
  const isLabel = label !== undefined && (inside !== '' || behind !== '' || /^[#*_]/.test(text));
  return isLabel ? label : null;
};

/** Numbers of the lines below a label that says to leave them out, up to the next label. */
export function linesLeftOut(entries: readonly Entry[]): ReadonlySet<number> {
  const found = new Set<number>();
  let leaving = false;
  for (const entry of entries) {
    const label = labelOf(entry);
    if (label !== null) leaving = decides(label) === 'leaves';
    else if (leaving && entry.users > 0) found.add(entry.number);
  }
  return found;
}
