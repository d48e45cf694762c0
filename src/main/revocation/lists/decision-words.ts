import { alternatives } from './alternatives.ts';

/** A table of words within another: their alternatives, without a space that would part them. */
const oneOf = (words: string): string => words.trim().replace(/\s+/g, '|');

/** What is to be cut off, beside the word that says so: `Revoke access`, `Token widerrufen`. */
const WHAT =
  'it|them|users?|access|accounts?|tokens?|sessions?|now|zugang|zugriff|konto|benutzer|sitzung(?:en)?|accès|comptes?|acceso|cuentas?|acesso|contas?|accesso|toegang';
const ASKED =
  'y n|n y|yes no|j n|ja nein|o n|oui non|s n|sí no|si no|sim não|ja nee|tak nie|да нет|true false';

/** Nothing but these words, and what is to be cut off: `Revoke access?`. @param others of languages that do not part their words. */
const wholly = (words: string, others: string, behind = ASKED): RegExp =>
  new RegExp(
    String.raw`^(?:(?:to|please|should|bitte|zu|à|a|do) )?(?:(?:${WHAT}) )?(?:(?:${alternatives(words)})|(?:${alternatives(others)}))(?: (?:${WHAT}|${behind}))*$`,
    'iu',
  );

/** What is done to people alone, so that it is denied of people, too: `do not delete` is said of a mailbox. */
const CUT_OFF = String.raw`
  revoke deactivate disable terminate block log_?out log_?off sign_?out cut_off kill suspend offboard
  widerrufen sperren deaktivieren abmelden révoquer désactiver bloquer revocar desactivar bloquear revogar desativar
  revocare disattivare bloccare intrekken deactiveren blokkeren återkalla spärra zablokować unieważnić
  отозвать отключить заблокировать відкликати заблокувати
`;
/** The same in the passive. */
const REVOKED = String.raw`
  revoked deactivated disabled terminated blocked locked suspended removed deleted offboarded logged_out signed_out cut_off
`;
const TAKE = String.raw`
  ${CUT_OFF} lock remove delete end include included in_scope (?:to|must|should|will)_be_(?:${oneOf(REVOKED)})
  entfernen löschen supprimer eliminar excluir_acesso rimuovere inaktivera tilbagekald deaktiver dezaktywować odebrat
  zablokovat деактивировать engelle kaldır devre_dışı
`;
/** Who is meant: `Leaver?`, `Compromised`. */
const MEANT = String.raw`
  leavers? leaving left(?:_the_company)? departed departing compromised affected impacted resigned exit(?:ed|ing)?
  austritte? ausgeschieden betroffen kompromittiert compromis~ comprometid[oa] afectad[oa] afetad[oa]
`;
const TAKES = wholly(
  TAKE + MEANT,
  `失効 失効対象 無効化 無効化対象 停止 停止対象 対象 取り消し 해지 비활성화 차단 대상 吊销 撤销 撤銷 停用 禁用`,
);
const TAKES_ANYWHERE = new RegExp(String.raw`(?<!\p{L})(?:${alternatives(TAKE)})(?!\p{L})`, 'iu');

/** What can be denied: `not disabled` alone is said of a state. */
const DENIABLE = String.raw`
  ${CUT_OFF} touch anfassen toucher tocar toccare
  be_(?:${oneOf(REVOKED)}) (?:gesperrt|widerrufen|deaktiviert|abgemeldet)_werden
`;
/** Words that deny what comes up to three words later, and those that deny the next word alone. */
const NOT_LATER = String.raw`not|don['’ ]?t|never|nicht|nie|não|niet|inte|ikke|не`;
const NOT_NEXT = 'ne pas|pas|no|non';
/** `do not revoke`, `must not be revoked`, `bitte nicht sperren`, and up to three words between. */
const DENIED = new RegExp(
  String.raw`(?<!\p{L})(?:(?:${NOT_LATER})(?: (?!need|only|yet|just)\p{L}+){0,3}|${NOT_NEXT}) (?:${alternatives(DENIABLE)})(?!\p{L})`,
  'iu',
);
/** The same alone: `Do not disable`. */
const DENIAL = String.raw`(?:(?:do|must|shall|may) )?(?:${NOT_LATER}|${NOT_NEXT}) (?:to )?(?:${alternatives(DENIABLE)})`;
const DENIED_TOGETHER = /対象外|失効しない|제외 대상|不要撤销|不要禁用/u;

/** Who is to be left alone, by a word that says so alone and with anything behind it: `Keep`, `Exceptions (VIP)`. */
const LEAVE = String.raw`
  keep excluded? exclusions? skip ignore exempt exceptions? except stays? joiners? starters?
  new_(?:joiners?|starters?|hires?) bleib(?:t|en) behalten ausnahmen? eintritte neuzugänge conserver garder mantener manter
  mantenere behouden excepciones exceções eccezioni uitzonderingen
`;
const LEAVES = wholly(
  String.raw`
  ${LEAVE} ${DENIAL.replaceAll(' ', '_')} spare opt(?:ed)?_out out_of_scope staying stayers? retain whitelisted?
  ausschließen ausschliessen ausnehmen überspringen exclure ignorer conservar excluir ignorar escludere uitsluiten overslaan
  behåll undanta behold zachować wykluczyć pominąć ponechat vynechat оставить исключить пропустить залишити tut hariç
`,
  `除外 対象外 失効対象外 残す 제외 유지 排除 保留 跳过`,
  `${ASKED}|from(?: the)? (?:revocation|run|list|scope)|reason|grund|motif|motivo|until|till|bis|jusqu ?à|hasta|até`,
);
/** Why somebody is left alone, as a label says it: `Still employed`, `Already done`. */
const LEAVE_BECAUSE = String.raw`
  keeping excluding staying still_(?:employed|active|here|working|with|needed)
  already_(?:done|revoked|removed|disabled|blocked|handled|processed|off) remains? protected not_yet later postponed on_hold
  false_(?:positives?|alarms?) unaffected no_action not_(?:affected|compromised|impacted|leaving)
  bereits_(?:erledigt|gesperrt|widerrufen) noch_(?:aktiv|da|beschäftigt) geschützt verschoben später nicht_betroffen
  non_concernés à_conserver à_garder
`;
/** Who is named beside the users: `Approved by`, `Contact for questions`. */
const NAMED_BESIDE = String.raw`
  approv(?:ers?|ed_by|als?) requested_by requesters? contacts?_(?:for|persons?) questions ccs? bcc fyi
  for_(?:info|information) genehmigt_von genehmiger ansprechpartner zur_(?:info|kenntnis)
`;
/** Labels of those who are to be left alone, whatever stands behind the words. */
const LEAVES_FIRST = new RegExp(
  String.raw`^(?:(?:please|bitte) )?(?:${alternatives(`${LEAVE} ${LEAVE_BECAUSE} ${NAMED_BESIDE}`)})(?!\p{L})`,
  'iu',
);

const YES =
  /^(?:y|yes|ja?|oui|o|si|sí|s|sì|sim|tak|ano|evet|да|так|true|wahr|vrai|verdadero|1|x|✓|✔|✅|☑|\[x\]|:(?:white_check_mark|heavy_check_mark):|はい|○|예|네|是)(?=$|\s*[^\p{L}\p{N}\s])/iu;
const NO =
  /^(?:n|no|nein|non|não|nao|nee|nej|nei|nie|ne|ei|hayır|нет|ні|not yet|noch nicht|pas encore|false|falsch|faux|falso|0|-|–|✗|✘|✕|❌|☐|\[ ?\]|:x:|none|n\/a|いいえ|×|아니요|아니오|否)(?=$|\s*[^\p{L}\p{N}\s])/iu;

/** What a cell under a question answers; null where it says something else. */
export const answerOf = (cell: string): boolean | null =>
  NO.test(cell) ? false : YES.test(cell) ? true : null;

/** A column in which each row says what is to be done. */
const ACTION =
  /^(?:(?:required|requested|next|planned|final|access|certification|review(?:er)?) )?(?:actions?|decisions?|outcomes?|what to do|to ?do|aktion|maßnahme|entscheidung|décision|acción|decisión|azione|decisione|ação|decisão|actie|besluit|действие|решение|対応|処置|조치|操作)(?: (?:required|requested|needed))?$/iu;
/** Whether the cells below a heading say what is to be done. */
export const isAction = (heading: string): boolean => ACTION.test(plainWords(heading));

/** What is said of people: they are to be cut off, or to be left alone. */
export type Decides = 'takes' | 'leaves';

/**
 * What a cell says in a review of access, where to approve is to keep it
 * (https://learn.microsoft.com/entra/id-governance/perform-access-review).
 */
export const reviewOf = (cell: string): Decides | null =>
  /^(?:approved?|certif(?:y|ied)|maintain(?:ed)?|no decision|not reviewed|don['’]?t know)$/i.test(cell)
    ? 'leaves'
    : /^den(?:y|ied)$/i.test(cell)
      ? 'takes'
      : null;

const plainWords = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 80);

/** What a heading, or a cell, says by itself about those beside or below it. */
export function decides(heading: string): Decides | null {
  const text = plainWords(heading);
  return TAKES.test(text) ? 'takes' : LEAVES.test(text) ? 'leaves' : null;
}

/** Whether a text says in so many words that somebody is not to be revoked. */
export const denies = (text: string): boolean => DENIED.test(text) || DENIED_TOGETHER.test(text);

/** What a label above several lines says about them: `Keep active`, `The following users must not be revoked`. */
export function labelDecides(label: string): Decides | null {
  const text = plainWords(label);
  const said = decides(label);
  if (said !== null) return said;
  if (denies(label)) return 'leaves';
  if (TAKES_ANYWHERE.test(text)) return 'takes';
  return LEAVES_FIRST.test(text) ? 'leaves' : null;
}
