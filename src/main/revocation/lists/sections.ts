import { decides, labelDecides, type Decides } from './decision-words.ts';
import type { Entry } from './entries.ts';
import { isFieldOfOthers } from './headings.ts';

/** Marks of headings and emphasis before a label, and what can stand behind one. */
const BEFORE = /^(?:(?:#{1,6}|\(?\d{1,3}[.)]|h[1-6]\.)\s+|[*_]{1,2})/;
/** What is drawn around a label: `--- keep ---`, `[keep]`, `== Keep ==`. */
const AROUND = /^[^\p{L}]{1,12}|[^\p{L}\p{N})]{1,12}$/gu;
const BEHIND = '*_:： ';
/** What is longer is a remark. */
const MAX_LABEL = 60;
/** What is longer says nothing about those below. */
const MAX_REMARK = 100;

/**
 * `Keep:`, `## Do not revoke`, `**Ausnahmen:**`: what stands above several lines; null where a line is no label. A drawn
 * line, a name behind a bullet or `(on leave):` is none, so that it does not end what is to be left out.
 */
function labelOf({ text, users }: Entry): string | null {
  if (users > 0 || text.includes('@')) return null;
  // Nothing but such words is a label without any mark: `Do not revoke`.
  const bare = text.replace(BEFORE, '').replace(AROUND, '');
  if (bare.length <= MAX_LABEL && decides(bare) !== null) return bare;
  let end = text.length;
  while (end > 0 && BEHIND.includes(text[end - 1] ?? '')) end -= 1;
  if (!BEFORE.test(text) && !/[:：]/.test(text.slice(end))) return null;
  const label = text.slice(0, end).replace(BEFORE, '');
  const says = label.length <= MAX_REMARK && labelDecides(label) !== null;
  const isLabel = says || (label.length <= MAX_LABEL && /^\p{L}/u.test(label));
  return isLabel ? label : null;
}

/** Whether a line stands below the name of a field of others, or below a name that does: `Requested by`, `Zed Boss`. */
function isBelowOthers(entries: readonly Entry[], n: number): boolean {
  const [above = '', before = ''] = [entries[n - 2]?.text, entries[n - 1]?.text];
  return isFieldOfOthers(before) || (isFieldOfOthers(above) && NAME.test(before));
}
const NAME = /^\p{Lu}[\p{L}.'’-]{0,40}(?: [\p{L}.'’-]{1,40}){0,3}$/u;

/** What a line of nothing but such words decides: `Keep`. */
const answerIn = (entry: Entry | undefined): Decides | null =>
  entry && entry.users === 0 && entry.text.length <= MAX_LABEL
    ? decides(entry.text.replace(BEFORE, '').replace(AROUND, ''))
    : null;

/** A column that was copied line by line: each user has the answer below. Null where not each has one, or another line has. */
function answersBelow(entries: readonly Entry[]): ReadonlySet<number> | null {
  const found = new Set<number>();
  let users = 0;
  for (const [n, { users: here, number }] of entries.entries()) {
    const said = answerIn(entries[n + 1]);
    if (here > 0 !== (said !== null)) return null;
    if (said === null) continue;
    users += 1;
    if (said === 'leaves') found.add(number);
  }
  return users > 0 ? found : null;
}

/**
 * Numbers of the lines below a label that says to leave them out, up to the next label; and of single ones below the name
 * of a field of others.
 */
export function linesLeftOut(entries: readonly Entry[]): ReadonlySet<number> {
  const answers = answersBelow(entries);
  if (answers) return answers;
  const found = new Set<number>();
  let leaving = false;
  for (const [n, entry] of entries.entries()) {
    const label = labelOf(entry);
    if (entry.users === 1 && isBelowOthers(entries, n)) found.add(entry.number);
    else if (label !== null) leaving = labelDecides(label) === 'leaves';
    else if (leaving && entry.users > 0) found.add(entry.number);
  }
  return found;
}
