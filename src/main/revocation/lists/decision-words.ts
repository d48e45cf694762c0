import { alternatives } from './alternatives.ts';

/** What is to be cut off, beside the word that says so: `Revoke access`, `Token widerrufen`. */
const WHAT =
  'it|them|users?|access|accounts?|tokens?|sessions?|now|zugang|zugriff|konto|benutzer|sitzung(?:en)?|accès|comptes?|acceso|cuentas?|acesso|contas?|accesso|toegang';
const ASKED =
  'y n|n y|yes no|j n|ja nein|o n|oui non|s n|sí no|si no|sim não|ja nee|tak nie|да нет|true false';

const words = (latin: string, others: string, behind = ASKED): RegExp =>
  new RegExp(
    String.raw`^(?:(?:to|please|should|bitte|zu|à|a|do) )?(?:(?:${WHAT}) )?(?:(?:${alternatives(latin)})|(?:${alternatives(others)}))(?: (?:${WHAT}|${behind}))*$`,
    'iu',
  );

const REVOKED =
  'revoked|deactivated|disabled|terminated|blocked|locked|suspended|removed|deleted|offboarded|logged out|signed out|cut off';
const TAKE_WORDS = String.raw`
  revoke deactivate disable terminate block lock log_?out log_?off sign_?out cut_off kill suspend remove delete offboard
  end include included in_scope (?:to|must|should|will)_be_(?:${alternatives(REVOKED.replaceAll(' ', '_').replaceAll('|', ' '))})
  widerrufen sperren deaktivieren abmelden entfernen löschen révoquer désactiver bloquer supprimer revocar desactivar
  bloquear revogar desativar eliminar excluir_acesso revocare disattivare bloccare rimuovere intrekken deactiveren
  blokkeren återkalla inaktivera spärra tilbagekald deaktiver zablokować unieważnić dezaktywować odebrat zablokovat
  отозвать отключить заблокировать деактивировать відкликати заблокувати engelle kaldır devre_dışı
`;
const TAKES = words(
  TAKE_WORDS,
  `失効 失効対象 無効化 無効化対象 停止 停止対象 対象 取り消し 해지 비활성화 차단 대상 吊销 撤销 撤銷 停用 禁用`,
);

/** What is denied of people alone: `do not delete` is said of a mailbox, `not disabled` of a state. */
const DENIABLE = String.raw`
  revoke deactivate disable terminate block log_?out log_?off sign_?out cut_off kill suspend offboard touch
  sperren widerrufen deaktivieren abmelden anfassen révoquer désactiver bloquer toucher revocar desactivar bloquear tocar
  revogar desativar revocare disattivare bloccare toccare intrekken deactiveren blokkeren återkalla spärra zablokować
  unieważnić отозвать отключить заблокировать відкликати заблокувати
  be_(?:${REVOKED.replaceAll(' ', '_')}) (?:gesperrt|widerrufen|deaktiviert|abgemeldet)_werden
`;
/** `do not revoke`, `must not be revoked`, `bitte nicht sperren`, and up to three words between. */
const DENIED = new RegExp(
  String.raw`(?<!\p{L})(?:(?:not|don['’]?t|never|nicht|nie|não|niet|inte|ikke|не)(?: (?!need|only|yet|just)\p{L}+){0,3}|ne pas|pas|no|non) (?:${alternatives(DENIABLE)})(?!\p{L})`,
  'iu',
);
const DENIED_TOGETHER = /対象外|失効しない|제외 대상|不要撤销|不要禁用/u;

const LEAVES = words(
  String.raw`
  keep excluded? exclusions? skip ignore exempt exceptions? except spare do_not_(?:revoke|block|touch) don_t_(?:revoke|block|touch)
  opt(?:ed)?_out stays? retain joiners? starters? new_(?:joiners?|starters?|hires?) eintritte neuzugänge
  nicht_(?:sperren|widerrufen|abmelden|deaktivieren) ne_pas_(?:révoquer|bloquer|toucher) no_(?:revocar|bloquear|tocar)
  não_(?:revogar|bloquear|tocar) non_(?:revocare|bloccare|toccare) niet_(?:intrekken|blokkeren) bleib(?:t|en) ausnahmen excepciones exceções eccezioni uitzonderingen whitelisted? behalten ausschließen ausschliessen ausnehmen ausnahme
  überspringen conserver garder exclure ignorer mantener conservar excluir ignorar manter escludere mantenere behouden
  uitsluiten overslaan behåll undanta behold zachować wykluczyć pominąć ponechat vynechat оставить исключить пропустить
  залишити tut hariç
`,
  `除外 対象外 失効対象外 残す 제외 유지 排除 保留 跳过`,
  `${ASKED}|reason|grund|motif|motivo|until|till|bis|jusqu ?à|hasta|até`,
);
/** Labels of those who are to be left alone, whatever stands behind the word: `Keep active`, `Still employed`, `Exceptions (VIP)`. */
const LEAVES_FIRST = new RegExp(
  String.raw`^(?:(?:please|bitte) )?(?:${alternatives(String.raw`
    keep keeping excluded? excluding exclusions? skip ignore exempt exceptions? except stays? staying
    still_(?:employed|active|here|working|with|needed) already_(?:done|revoked|removed|disabled|blocked|handled|processed|off) remains? protected not_yet later postponed on_hold false_(?:positives?|alarms?) unaffected no_action
    not_(?:affected|compromised|impacted|leaving) ausnahmen? behalten bleib(?:t|en) bereits_(?:erledigt|gesperrt|widerrufen) noch_(?:aktiv|da|beschäftigt) geschützt verschoben später
    nicht_betroffen excepciones exceções eccezioni uitzonderingen conserver garder non_concernés mantener manter mantenere
    behouden à_conserver à_garder joiners? starters? new_(?:joiners?|starters?|hires?) eintritte neuzugänge
    approv(?:ers?|ed_by|als?) requested_by requesters? contacts?_(?:for|persons?) questions ccs? bcc fyi for_(?:info|information)
    genehmigt_von genehmiger ansprechpartner zur_(?:info|kenntnis)
  `)})(?!\p{L})`,
  'iu',
);
const REVOKES = new RegExp(String.raw`(?<!\p{L})(?:${alternatives(TAKE_WORDS)})(?!\p{L})`, 'iu');

const YES =
  /^(?:y|yes|ja?|oui|o|si|sí|s|sì|sim|tak|ano|evet|да|так|true|wahr|vrai|verdadero|1|x|✓|✔|✅|☑|\[x\]|:(?:white_check_mark|heavy_check_mark):|はい|○|예|네|是)(?=$|\s*[^\p{L}\p{N}\s]|$)/iu;
const NO =
  /^(?:n|no|nein|non|não|nao|nee|nej|nei|nie|ne|ei|hayır|нет|ні|not yet|noch nicht|pas encore|false|falsch|faux|falso|0|-|–|✗|✘|✕|❌|☐|\[ ?\]|:x:|none|n\/a|いいえ|×|아니요|아니오|否)(?=$|\s*[^\p{L}\p{N}\s]|$)/iu;

/** What a cell under a question answers; null where it says something else. */
export const answerOf = (cell: string): boolean | null =>
  NO.test(cell) ? false : YES.test(cell) ? true : null;

/** A column in which each row says what is to be done. */
const ACTION =
  /^(?:(?:required|requested|next|planned) )?(?:actions?|decisions?|what to do|to ?do|aktion|maßnahme|entscheidung|décision|acción|decisión|azione|decisione|ação|decisão|actie|besluit|действие|решение|対応|処置|조치|操作)(?: (?:required|requested|needed))?$/iu;
export const isAction = (heading: string): boolean => ACTION.test(plainWords(heading));

export type Decides = 'takes' | 'leaves';

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
  if (REVOKES.test(text)) return 'takes';
  return LEAVES_FIRST.test(text) ? 'leaves' : null;
}
