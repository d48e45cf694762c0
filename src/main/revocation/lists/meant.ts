import { meaningOf } from './headings.ts';
import type { Mention } from './scan.ts';

/** What a path's part before an id says: `/users/…` is a person, `/groups/…` is none. */
const PATH_PART = /\/([A-Za-z][A-Za-z-]{0,40})\/$/;
/** `Manager: `, `"divisionId": "`, `<manager>`, or `requested by ` right before a value. */
const LABEL = /([\p{L}][\p{L}\d_. /-]{0,40}?)["'’”]?\s*[:=：]\s*["'“<([{]*$/u;
const TAG = /<([A-Za-z][\w.-]{0,40})(?:\s[^<>]{0,40})?>\s*$/;
const SPOKEN_LABEL =
  /(?:requested by|approved by|on behalf of|reports to|manager|supervisor|vorgesetzter?|beantragt von|demandé par|solicitado por|cc)\s*[<([]*$/i;

/** Whether a text does not say that what stands there is somebody else, or nobody. @param from where the mention before it ended. */
export function isMeant(text: string, from: number, start: number, kind: Mention['kind']): boolean {
  const before = text.slice(Math.max(from, start - 64), start);
  if (kind === 'id') {
    const part = PATH_PART.exec(before)?.[1];
    if (part !== undefined && meaningOf(part) === 'no-people') return false;
  }
  const label = LABEL.exec(before)?.[1] ?? TAG.exec(before)?.[1];
  if (label !== undefined) {
    const meaning = meaningOf(label);
    if (meaning === 'other-people' || (meaning === 'no-people' && kind === 'id')) return false;
  }
  return !SPOKEN_LABEL.test(before);
}
