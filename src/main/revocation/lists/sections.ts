import { decides } from './decisions.ts';
import type { Entry } from './entries.ts';

/** Marks of headings and emphasis before a label, and what can stand behind one. */
const BEFORE = /^(?:#{1,6}\s+|[*_]{1,2})/;
const BEHIND = '*_:： ';
const MAX_LABEL = 80;

/** `Keep:`, `## Do not revoke`, `**Ausnahmen:**`: what stands above several lines; null where a line is no label. */
function labelOf({ text, users }: Entry): string | null {
  if (users > 0 || text.length > MAX_LABEL || text.includes('@')) return null;
  let end = text.length;
  while (end > 0 && BEHIND.includes(text[end - 1] ?? '')) end -= 1;
  const isLabel = BEFORE.test(text) || /[:：]/.test(text.slice(end));
  return isLabel ? text.slice(0, end).replace(BEFORE, '') : null;
}

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
