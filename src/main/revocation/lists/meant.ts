import { alternatives } from './alternatives.ts';
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

/** Who is named to be left out: `but not a@x.org`, `except Ann Doe <a@x.org>`, `nicht sperren: a@x.org`. */
const LEFT_OUT = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${alternatives(
    String.raw`
    not except excluding excl\.? exclude other_than apart_from aside_from with_the_exception_of without leave_out skip nicht
    außer ohne ausgenommen ausser sauf excepté hormis (?:mais_)?pas excepto salvo pero_no exceto (?:mas_)?não
    tranne eccetto (?:ma_)?non behalve niet utom undtagen undtaget unntatt (?:men_)?inte (?:men_)?ikke (?:ale_)?nie oprócz
    poza kromě кроме (?:но_)?не за_исключением крім hariç
    `,
  )})(?: (?:for|für|pour|de|por|touch|revoke|block|sperren|widerrufen|révoquer|revocar|revogar|revocare|intrekken))?:?\s{1,5}(?:(?:[\p{L}.'’-]{1,40}\s){1,3}[<([])?$`,
  'u',
);
/** And what says so behind: `a@x.org (do not revoke)`, `a@x.org – bleibt`, `a@x.orgを除く`. */
const LEFT_OUT_BEHIND =
  /^[>)\]]?(?:\s{0,3}[-–—:,;(]\s{0,3}(?:please |bitte )?(?:(?:do not|don['’]t|not to|nicht|ne pas|no|não|non|niet) (?:revoke|touch|block|log out|kill|sperren|widerrufen|abmelden|anfassen|révoquer|toucher|revocar|tocar|revogar|revocare|toccare|intrekken)|keep|skip|exclude|stays|bleibt|behalten|garder|mantener|manter|behouden)(?![\p{L}\p{N}])|\s?(?:さん)?(?:以外|[をは]除[くい]|[은는을를]? ?제외))/iu;

/** Whether somebody is named to be left out. @param from where the mention before it ended. */
export function isLeftOut(text: string, from: number, start: number, end: number): boolean {
  return (
    isNamedOut(text, from, start) || (end < text.length && LEFT_OUT_BEHIND.test(text.slice(end, end + 64)))
  );
}

function isNamedOut(text: string, from: number, start: number): boolean {
  const before = text.slice(Math.max(from, start - 96), start);
  // Quick no for nearly every value: no word stands before it.
  if (!/\p{L}[:\s<([]/u.test(before)) return false;
  // A capital letter elsewhere makes it a surname: `Ann Nie <…>`.
  const inSentence = before.replace(/^[^\p{L}]{0,8}\p{Lu}/u, (first) => first.toLowerCase());
  return LEFT_OUT.test(start === before.length ? inSentence : before);
}

/** Accounts of Atlassian have a number before an id of their own: `557058:…`. */
const ATLASSIAN = /(?<![\d.])\d{5,6}:$/;
/** The address that mail goes out with, beside its aliases, as Exchange tells them apart: `SMTP:` and `smtp:`. */
export const PRIMARY_SMTP = /(?<![A-Za-z])SMTP:/;
const ALIAS = /(?<![A-Za-z])(?:smtp|[sS][iI][pP]|[xX]500|EUM|eum):$/;

/** Whether an address is only an alias, in a text that has a primary one. */
export const isAlias = (text: string, start: number): boolean =>
  ALIAS.test(text.slice(Math.max(0, start - 8), start));

/** Whether somebody is crossed out, as in Markdown and chats: `~~a@x.org~~`, `~a@x.org~`. */
export function isCrossedOut(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 64), start);
  if (!before.includes('~')) return false;
  if (/~~[^~]*$/.test(before) && text.slice(end, end + 200).includes('~~')) return true;
  return before.endsWith('~') && text[end] === '~';
}

/** Whether a text does not say that what stands there is somebody else, or nobody. @param from where the mention before it ended. */
export function isMeant(text: string, from: number, start: number, kind: Mention['kind']): boolean {
  const before = text.slice(Math.max(from, start - 64), start);
  if (kind === 'id') {
    const part = PATH_PART.exec(before)?.[1];
    if (part !== undefined && meaningOf(part) === 'no-people') return false;
    if (ATLASSIAN.test(before)) return false;
  }
  const label = LABEL.exec(before)?.[1] ?? TAG.exec(before)?.[1];
  if (label !== undefined) {
    const meaning = meaningOf(label);
    if (meaning === 'other-people' || (meaning === 'no-people' && kind === 'id')) return false;
  }
  return !SPOKEN_LABEL.test(before) && !TO_ASK.test(before);
}
