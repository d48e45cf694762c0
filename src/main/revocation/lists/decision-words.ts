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
    String.raw`^(?:(?:to|please|should|bitte|zu|à|a|do|${WHAT}) )*(?:(?:${alternatives(words)})|(?:${alternatives(others)}))(?: (?:${WHAT}|${behind}))*$`,
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
  String.raw`(?<!\p{L}|could )(?:(?:${NOT_LATER})(?: (?!need|only|yet|just)\p{L}+){0,3}|${NOT_NEXT}) (?:${alternatives(DENIABLE)})(?!\p{L})`,
  'iu',
);
/** The same alone: `Do not disable`. */
const DENIAL = String.raw`(?:(?:do|must|shall|may) )?(?:${NOT_LATER}|${NOT_NEXT}) (?:to )?(?:${alternatives(DENIABLE)})`;
const DENIED_TOGETHER = /対象外|失効しない|제외 대상|不要撤销|不要禁用/u;

/** Who is to be left alone, by a word that says so alone and with anything behind it: `Keep`, `Exceptions (VIP)`. */
const LEAVE = String.raw`
  keeps? excluded? exclusions? skip ignore exempt exceptions? except stays? staying joiners? starters?
  new_(?:joiners?|starters?|hires?) hands_off leave_(?:alone|active|as_is|be|untouched|(?:them|these|those|him|her|it|this)(?:_\p{L}+)*)
  bleib(?:t|en) behalten ausnahmen? ausgenommen außer finger_weg eintritte neuzugänge conserver garder sauf mantener salvo
  excepto manter mantenere behouden excepciones exceções eccezioni uitzonderingen
`;
const LEAVES = wholly(
  String.raw`
  ${LEAVE} ${DENIAL.replaceAll(' ', '_')} spare opt(?:ed)?_out out_of_scope stayers? retain (?:white|allow)_?list(?:ed)? protected
  ausschließen ausschliessen ausnehmen überspringen exclure ignorer conservar excluir ignorar escludere uitsluiten overslaan
  behåll undanta behold zachować wykluczyć pominąć ponechat vynechat оставить исключить пропустить залишити tut hariç
`,
  `除外 対象外 失効対象外 残す 제외 유지 排除 保留 跳过`,
  `${ASKED}|from(?: the)? (?:revocation|run|list|scope)|reason|grund|motif|motivo|until|till|bis|jusqu ?à|hasta|até`,
);
/** Why somebody is left alone, as labels and remarks say it: `Still employed`, `On hold`. */
const LEAVE_BECAUSE = String.raw`
  keeping excluding still_(?:employed|here|working|works?|with|needed|needs?) remains? protected not_yet later postponed on_hold
  false_(?:positives?|alarms?) unaffected no_action do_nothing not_(?:affected|compromised|impacted|leaving)
  noch_(?:da|beschäftigt) geschützt verschoben zurückgestellt später nicht_betroffen non_concernés à_conserver à_garder
`;
/** Of labels alone; what is already disabled elsewhere, as a remark says, can still be signed in. */
const ABOVE = String.raw`
  still_active already_(?:done|revoked|removed|disabled|blocked|handled|processed|off)
  bereits_(?:erledigt|gesperrt|widerrufen) noch_aktiv
  approv(?:ers?|ed_by|als?) requested_by requesters? contacts?_(?:for|persons?) questions ccs? bcc fyi
  for_(?:info|information) genehmigt_von genehmiger ansprechpartner zur_(?:info|kenntnis)
`;
/** Of remarks alone. */
const BESIDE = String.raw`
  not_this alone (?:please|lieber)_nicht removed_from cancell?ed withdrawn rehired approver requester fyi for_info
`;
/** What stands before the word that decides: `but she stays`, `has to be kept`. */
const LEAD = String.raw`(?:(?:${oneOf(`
  please but and those these the who all everyone users? accounts? people agents? colleagues? benutzer konten mitarbeiter
  utilisateurs? comptes? usuarios? cuentas? usuários? contas? utenti gebruikers bitte aber und mais pero vip he she they it er sie is are to be can may must should will has have needs?
  muss soll sollen darf kann doit à a debe puede deve pode moet
`)}) )*`;
const leavesFirst = (words: string): RegExp =>
  new RegExp(String.raw`^${LEAD}(?:${alternatives(`${LEAVE} ${LEAVE_BECAUSE} ${words}`)})(?!\p{L})`, 'iu');
/** Who is to be left alone, whatever stands behind the words. */
const LABEL_LEAVES = leavesFirst(ABOVE);
const REMARK_LEAVES = leavesFirst(BESIDE);
/** `Everyone of the list except`, `VIPs (hands off)`. */
const ENDS_EXCEPT =
  /(?:^| )(?:except|all but|außer|sauf|salvo|excepto|exceto|tranne|behalve)(?: (?:for|für|pour))?$/iu;
const IN_BRACKETS = /\(([^()]{1,60})\)\W*$/;
/** `Do not include`, above several lines: of a mailbox it would be said in a remark. */
const LABEL_DENIED = new RegExp(
  String.raw`(?<!\p{L})(?:do not|don['’ ]?t|nicht|nie|não|niet|inte|ikke|не|ne pas) (?:${alternatives(TAKE)})(?!\p{L})`,
  'iu',
);
/** What is kept of somebody who is revoked all the same, and what stays as a revocation leaves it. */
const OF_THINGS =
  /(?<!\p{L})(?:keeps?(?: \p{L}+){0,2} (?:e?mails?|mailbox(?:es)?|data|files?|phones?|numbers?|licen[cs]es?|backups?|copy|copies|laptops?|devices?|hardware|history|recordings?|out|off|blocked|locked|disabled|(?:logged|signed) (?:out|off))|(?:stays?|staying|remains?|kept) (?:out|off|blocked|locked|disabled|(?:logged|signed) (?:out|off)))(?!\p{L})/iu;
/** What parts the sayings of a remark: `VIP - exclude`, `(service account, keep)`. */
const SAYING_END = /[^\p{L}\p{M}\p{N}\s'’-]+|(?<!\p{L})-|-(?!\p{L})/u;

/** What is said of people: they are to be cut off, or to be left alone. */
export type Decides = 'takes' | 'leaves';

/** A text as words with single spaces. */
export const plainWords = (text: string): string =>
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
  const inBrackets = IN_BRACKETS.exec(label)?.[1];
  if (denies(label) || LABEL_DENIED.test(text) || ENDS_EXCEPT.test(text)) return 'leaves';
  if (inBrackets !== undefined && decides(inBrackets) === 'leaves') return 'leaves';
  if (TAKES_ANYWHERE.test(text)) return 'takes';
  return LABEL_LEAVES.test(text) ? 'leaves' : null;
}

/** Whether what is said beside somebody leaves them alone: `(service account, keep)`, `she stays`, `do not touch!`. */
export const remarkLeaves = (remark: string): boolean =>
  denies(remark) ||
  remark.split(SAYING_END).some((saying) => {
    const text = plainWords(saying);
    return decides(saying) === 'leaves' || (REMARK_LEAVES.test(text) && !OF_THINGS.test(text));
  });
