import { LETTER } from './address.ts';
import { alternatives } from './alternatives.ts';
import { denies, remarkLeaves } from './decision-words.ts';
import { DONE_BY, ROLES_BESIDE } from './heading-words.ts';
import { meaningOf } from './headings.ts';
import { isExample } from './labels.ts';
import type { Mention } from './scan.ts';

/** What a path's part before an id says: `/users/…` is a person, `/groups/…` is none. */
const PATH_PART = /\/([A-Za-z][A-Za-z-]{0,40})\/$/;
/** In a path of Genesys Cloud's API, only these are people: not `/conversations/…/participants/…`, `/jobs/…`. */
const API_PATH = /\/api\/v\d\/[^\s"'<>]*$/i;
const API_PEOPLE = /^(?:users?|people|person|agents?|members?|subjects?|tokens?)$/i;
/** `Manager: `, `"divisionId": "`, `<manager>`, or `requested by ` right before a value. */
const LABEL =
  /([\p{L}][\p{L}\d_. /-]{0,40}?)["'’”]?\s*(?:=>|[:=：])\s*(?:(?:\p{Lu}[\p{L}.'’-]{0,40} ){1,3}(?=[<(]))?["'“<([{]*$/u;
const TAG = /<([A-Za-z][\w.-]{0,40})(?:\s[^<>]{0,40})?>\s*$/;
/** `"division": {"id": "`: what the object is that a value stands in. */
const OBJECT =
  /([\p{L}][\p{L}\d_-]{0,40})["']?\s*(?:=>|[:=])\s*\{\s*[:"']?[\w-]{1,20}["']?\s*(?:=>|[:=])\s*["']?$/u;
const SPOKEN_LABEL =
  /(?:(?<!\p{L})by|on behalf of|reports to|manager|supervisor|vorgesetzter?|(?:beantragt|erstellt|genehmigt|freigegeben) von|(?:demandé|validé|créé|approuvé) par|(?:solicitado|aprobado|aprovado|creado|criado) por|richiesto da|aangevraagd door|(?<!\p{L})b?cc)\s*[<([]*$/iu;
/** `Zed`, `Zed Boss`, `Zed van Boss`, and what opens the address behind a name. */
const NAMES = String.raw`(?:\p{Lu}[\p{L}.'’-]{0,40} (?:\p{L}{2,3} ){0,2}){0,3}["'<([]*$`;
/** `Requested by` begins a line, `requested by` stands in one. */
const EITHER_CASE = DONE_BY.replace(/(?<!\S)\w/g, (letter) => `[${letter.toUpperCase()}${letter}]`);
/** `her manager is Zed Boss (zed@x.org)`, `approved by Zed Boss`, `-> successor bob@x.org`. */
const ROLES = String.raw`(?<!\p{L})(?:${alternatives(
  String.raw`
  ${ROLES_BESIDE} mgr\.? (?:team_)?lead boss sender successor replacement delegate deputy assistant vorgesetzter?
  nachfolger(?:in)? vertretung responsable jefe jefa gerente gestor responsabile
  leidinggevende (?:${alternatives(EITHER_CASE)})_by
  (?:mail|message|sent|received|came|phishing)_from [Ii]_am [Tt]his_is [Ii]ch_bin [Jj]e_suis
  `,
)})(?: (?:is|was|ist|war|est|es|è|é))?[:,]? `;
const ROLE = new RegExp(ROLES + NAMES, 'u');
/** `Sender was zed@x.org`, `(Mgr. zed@x.org)`: with a name between, a capital letter makes it a title: `Manager Ann Doe <…>`. */
const ROLE_FIRST = new RegExp(String.raw`(?:^|[([])${ROLES}["'<([]*$`, 'iu');
/** `send the report to zed@x.org`, `give access to her mailbox to zed@x.org`, `let zed@x.org know`. */
const HANDED_TO = new RegExp(
  String.raw`(?<!\p{L})(?:(?:send|forward|report|confirm|delegate|transfer|grant|give|hand|redirect|share|weiterleit|umleit|übergeb|transf[eé]r|réexpédi|reenvi)\p{L}*(?: [^.;@]{0,60})? (?:to|an|à|a)|let):? ${NAMES}`,
  'iu',
);
/** Whom to ask: `Questions? hr@example.org`, `please contact hr@example.org`. */
const TO_ASK =
  /(?:(?<!\p{L})(?:contact|questions?|posted at|informed at|ask|notify|inform|escalate to|reply to|write to|fragen|rückfragen|kontakt|contactez|contacter|preguntas|dudas|contacte|dúvidas|contattare|vragen|spørgsmål|frågor))[?:,]? ?(?:(?:please|bitte|an|à|a|to|with|bij) ){0,2}[<([]*$/iu;

/** Who is named to be left out: `but not a@x.org`, `except Ann Doe <a@x.org>`, `nicht sperren: a@x.org`. */
const OUT = String.raw`(?<![\p{L}\p{N}])(?:${alternatives(
  String.raw`
  not don['’]?t hands_off except excluding excl\.? exclude other_than apart_from aside_from with_the_exception_of without leave_out skip nicht
  keep ignore spare maybe perhaps possibly vielleicht eventuell
  außer ohne ausgenommen ausser sauf excepté hormis (?:mais_)?(?:ne_)?pas excepto salvo z_wyjątkiem pero_no exceto (?:mas_)?não
  tranne eccetto (?:ma_)?non behalve niet utom undtagen undtaget unntatt (?:men_)?inte (?:men_)?ikke (?:ale_)?nie oprócz
  poza kromě кроме (?:но_)?не за_исключением крім hariç
  `,
)})(?: (?:for|für|pour|de|por|in|leaving|affected|touch|revoke|block|sperren|widerrufen|révoquer|toucher|bloquer|revocar|revogar|revocare|intrekken))?(?: à)?:?`;
const LEFT_OUT = new RegExp(
  String.raw`(?:${OUT}|(?:^|[,;.] |but |and |please )leave)(?:\s?(?:[-=]+>|→))?\s{1,5}(?:(?:[\p{L}.'’-]{1,40}\s){1,3}[<([])?$`,
  'u',
);
/** The same in capital letters, `KEEP a@x.org`, `NOT IN ('a@x.org'`: a name between would rather be one. */
const LEFT_OUT_LOUD = new RegExp(String.raw`${OUT}[\s("']{1,5}$`, 'u');
/** What says so right behind, and is no remark of its own: `a@x.org wants …`, `a@x.org – no`, `a@x.orgを除く`. */
const LEFT_OUT_BEHIND = new RegExp(
  String.raw`^[>)\]]?(?:${[
    String.raw`[\s,–—-]{1,4}(?:wants|ask(?:s|ed)|(?:is|are) (?:fine|ok(?:ay)?))(?![\p{L}\p{N}])`,
    // An answer, and nothing behind it: `a@x.org – no`, `c@x.org bitte nicht.`
    String.raw`\s{0,3}(?:[-–—:=]\s{0,3})?(?:please |bitte |lieber )?(?:no|not|do(?:n['’]?t| not)|nein|nicht|non|pas|não|nee|niet|nej|inte|ikke|nie|нет|✗|✘|✕|❌)(?=\s{0,3}(?:[.,;!)]|$))`,
    String.raw`\s(?:is|was) (?:his|her|their|the|my|our) (?:\p{L}+ )?(?:manager|supervisor|boss|approver|successor|replacement)(?!\p{L})`,
    String.raw`\s?(?:さん)?(?:以外|[をは]除[くい]|[은는을를]? ?제외)`,
  ].join('|')})`,
  'iu',
);
/** `z@x.org (manager)`: whose manager they are; a title would begin with a capital letter. */
const ROLE_BEHIND =
  /^[>)\]]?\s{0,3}\((?:(?:his|her|their|my|the|line) )?(?:manager|supervisor|boss|team ?lead|successor|replacement|vorgesetzter?|führungskraft|responsable|jef[ea]|gestor)\)/u;
const MAX_BEHIND = 96;

/**
 * Whether somebody is named to be left out.
 * @param from where the mention before it ended. @param next where the one behind it begins.
 */
export function isLeftOut(text: string, from: number, start: number, end: number, next: number): boolean {
  if (isNamedOut(text, from, start)) return true;
  if (end >= text.length) return false;
  const behind = text.slice(end, end + MAX_BEHIND);
  return LEFT_OUT_BEHIND.test(behind) || ROLE_BEHIND.test(behind) || isRemarkedOn(text, end, next);
}

/** Whether the remark behind somebody leaves them alone; what stands right before the next one is said of that one. */
function isRemarkedOn(text: string, end: number, next: number): boolean {
  const whole = text.slice(end, Math.min(next, end + MAX_BEHIND));
  const remark = next < text.length ? (/^.*[,;.)\]|]/su.exec(whole)?.[0] ?? '') : whole;
  // A capital letter without a mark before it can begin a name: `a@x.org Skip Jones`.
  return /^[>)\]]?\s?\p{Lu}\p{Ll}+ /u.test(remark) ? denies(remark) : remarkLeaves(remark);
}

function isNamedOut(text: string, from: number, start: number): boolean {
  const before = text.slice(Math.max(from, start - 96), start);
  // Quick no for nearly every value: no word stands before it.
  if (!/\p{L}[:\s<([]/u.test(before)) return false;
  // A capital letter elsewhere makes it a surname: `Ann Nie <…>`.
  const inSentence = before.replace(start === before.length ? SENTENCE : AFTER_SENTENCE, (first) =>
    first.toLowerCase(),
  );
  return (
    LEFT_OUT.test(inSentence) ||
    (/\p{Lu}{3}/u.test(before) &&
      LEFT_OUT_LOUD.test(before.replace(/\p{Lu}{2,}/gu, (word) => word.toLowerCase())))
  );
}
/** The capital letter that begins a sentence, behind the mention before it or a word that is no title: `Mrs. Nie <…>`. */
const AFTER_SENTENCE = /(?:^[>)\]"']{0,4}|\p{Ll}{4})[.!?]\s{1,3}\p{Lu}/gu;
const SENTENCE = new RegExp(String.raw`^[^\p{L}]{0,8}\p{Lu}|${AFTER_SENTENCE.source}`, 'gu');

const AND = '(?:and|or|nor|und|oder|et|ou|y|o|e|&)';
/** What joins somebody to the one before, so that the same is said of both. */
const JOINED = new RegExp(String.raw`^[>)\]"']*,? ${AND} (?:\p{Lu}[\p{L}.'’-]{0,40} ){0,3}["'<([]*$`, 'u');
const LISTED = new RegExp(
  String.raw`^[>)\]"']*\s?(?:[,;/]|,? ${AND})\s(?:\p{Lu}[\p{L}.'’-]{0,40},? ){0,3}["'<([]*$`,
  'u',
);

/** Whether what is said of the mention before is said of this one, too. @param listed behind commas as well. */
export const isJoinedTo = (between: string, listed: boolean): boolean =>
  between.length < 120 && (listed ? LISTED : JOINED).test(between);

/** `a@x.org -> b@x.org`: who takes over, or another address. */
const HANDED_OVER = /^[>)\]"']*\s?(?:[-=]+>|→|➜)\s?(?:\p{Lu}[\p{L}.'’-]{0,40} ){0,3}["'<([]*$/u;
/** Whether somebody takes over from the one before. */
export const takesOver = (between: string): boolean => between.length < 120 && HANDED_OVER.test(between);

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

/** Who a text says that somebody is: one of the list; somebody else by a label or by words; nobody. */
export type Said = 'meant' | 'labelled' | 'spoken';

/** What stands before a path that ends a text. */
function withoutPath(text: string): string {
  const words = text.split(/(?<=[\s"'<>=(])/);
  return words.at(-1)?.includes('/') ? words.slice(0, -1).join('') : text;
}

/** What a text says before a mention. @param from where the mention before it ended. */
export function saidBefore(text: string, from: number, start: number, kind: Mention['kind']): Said {
  const before = text.slice(Math.max(from, start - 96), start);
  if (!LETTER.test(before)) return 'meant';
  if (kind === 'id') {
    const part = PATH_PART.exec(before)?.[1];
    if (part !== undefined && meaningOf(part) === 'no-people') return 'labelled';
    if (
      part !== undefined &&
      API_PATH.test(text.slice(Math.max(0, start - 200), start)) &&
      !API_PEOPLE.test(part)
    )
      return 'labelled';
    if (ATLASSIAN.test(before)) return 'labelled';
  }
  // What is said before a path is said of the id in it.
  const near = (kind === 'id' ? withoutPath(before) : before).slice(-64);
  const labels = [LABEL.exec(near)?.[1] ?? TAG.exec(near)?.[1], OBJECT.exec(near)?.[1]];
  for (const label of labels) {
    const meaning = label === undefined ? 'user' : meaningOf(label);
    if (meaning === 'other-people' || (meaning === 'no-people' && kind === 'id')) return 'labelled';
  }
  return isExample(near) ||
    SPOKEN_LABEL.test(near) ||
    TO_ASK.test(near) ||
    ROLE.test(before) ||
    ROLE_FIRST.test(before) ||
    HANDED_TO.test(before)
    ? 'spoken'
    : 'meant';
}
