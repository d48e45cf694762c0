import { meaningOf } from './headings.ts';
import type { Mention } from './scan.ts';

/** What a path's part before an id says: `/users/…` is a person, `/groups/…` is none. */
const PATH_PART = /\/([A-Za-z][A-Za-z-]{0,40})\/$/;
/** `Manager: `, `"divisionId": "`, `<manager>`, or `requested by ` right before a value. */
const LABEL = /([\p{L}][\p{L}\d_. /-]{0,40}?)["'’”]?\s*[:=：]\s*["'“<([{]*$/u;
const TAG = /<([A-Za-z][\w.-]{0,40})(?:\s[^<>]{0,40})?>\s*$/;
const SPOKEN_LABEL =
  /(?:(?<!\p{L})by|on behalf of|reports to|manager|supervisor|vorgesetzter?|(?:beantragt|erstellt|genehmigt|freigegeben) von|(?:demandé|validé|créé|approuvé) par|(?:solicitado|aprobado|aprovado|creado|criado) por|richiesto da|aangevraagd door|(?<!\p{L})cc)\s*[<([]*$/iu;
/** Whom to ask: `Questions? hr@example.org`, `please contact hr@example.org`. */
const TO_ASK =
  /(?:(?<!\p{L})(?:contact|questions?|ask|notify|inform|escalate to|reply to|write to|fragen|rückfragen|kontakt|contactez|contacter|preguntas|dudas|contacte|dúvidas|contattare|vragen|spørgsmål|frågor))[?:,]? ?(?:(?:please|bitte|an|à|a|to|with|bij) ){0,2}[<([]*$/iu;

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
  return !SPOKEN_LABEL.test(before) && !TO_ASK.test(before);
}
