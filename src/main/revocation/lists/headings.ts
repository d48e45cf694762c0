import type { ColumnMeaning } from '../../../shared/list.ts';

/*
 * What headings say, in the languages of Genesys Cloud's own pages
 * (https://help.genesys.cloud/articles/supported-languages/): English, Arabic, Chinese, Czech, Danish, Dutch, Estonian,
 * Finnish, French, German, Hebrew, Italian, Japanese, Korean, Norwegian, Polish, Portuguese, Russian, Serbian, Spanish,
 * Swedish, Thai, Turkish, Ukrainian. Stems: `\p{L}*` follows each.
 */

const word = (...stems: readonly string[]): RegExp =>
  new RegExp(String.raw`(?<![\p{L}])(?:${stems.join('|')})(?![\p{L}])`, 'giu');
/** Chinese, Japanese, Korean and Thai do not part their words. */
const within = (...parts: readonly string[]): RegExp => new RegExp(parts.join('|'), 'gu');

/** Who is responsible for the users, asked for them, or stands in for them. */
const OTHER_PEOPLE = [
  word(
    ...[
      'manager\\p{L}*',
      'mgr',
      'supervisor\\p{L}*',
      'superior',
      'boss',
      'teamlead\\p{L}*',
      'lead',
      'leader',
      'head',
      'director',
    ],
    ...[
      'approv\\p{L}*',
      'requester',
      'requestor',
      'requested',
      'submitt\\p{L}*',
      'owner',
      'creator',
      'author',
      'by',
      'reports',
      'reporting',
      'reported',
    ],
    ...[
      'assign\\p{L}*',
      'sponsor',
      'coach',
      'mentor',
      'trainer',
      'recruiter',
      'hrbp',
      'hr partner',
      'hr contact',
      'contact',
      'responsible',
    ],
    ...[
      'delegate',
      'deputy',
      'substitute',
      'backup',
      'assistant',
      'secretary',
      'successor',
      'replace\\p{L}*',
      'handover',
      'forward\\p{L}*',
    ],
    ...['notify', 'cc', 'bcc', 'from', 'sender', 'reply to', 'emergency', 'customer', 'caller', 'on behalf'],
    ...[
      'vorgesetzt\\p{L}*',
      'führungskr\\p{L}*',
      'leiter\\p{L}*',
      'leitung',
      'teamleit\\p{L}*',
      'ansprechpartner\\p{L}*',
      'antragsteller\\p{L}*',
    ],
    ...[
      'genehmig\\p{L}*',
      'beantragt\\p{L}*',
      'verantwortlich\\p{L}*',
      'vertret\\p{L}*',
      'nachfolg\\p{L}*',
      'chef\\p{L}*',
      'betreuer\\p{L}*',
      'von',
      'absender',
    ],
    ...[
      'responsable\\p{L}*',
      'gestionnaire',
      'superviseur\\p{L}*',
      'supérieur\\p{L}*',
      'demandeur\\p{L}*',
      'approbateur\\p{L}*',
      'expéditeur',
    ],
    ...[
      'gerente\\p{L}*',
      'jefe\\p{L}*',
      'jefa',
      'solicitante',
      'aprobador\\p{L}*',
      'encargad\\p{L}*',
      'gestor\\p{L}*',
      'aprovador\\p{L}*',
      'chefe',
      'responsável',
    ],
    ...[
      'responsabile',
      'supervisore',
      'capo',
      'dirigente',
      'richiedente',
      'referente',
      'leidinggevende\\p{L}*',
      'aanvrager',
      'teamleider',
      'verantwoordelijke',
    ],
    ...[
      'leder\\p{L}*',
      'overordne\\p{L}*',
      'ansvarlig\\p{L}*',
      'ansvarig\\p{L}*',
      'godkender',
      'esimies',
      'esihenkilö',
      'päällikkö',
      'johtaja',
      'hyväksyjä',
    ],
    ...[
      'kierowni\\p{L}*',
      'przełożon\\p{L}*',
      'menedżer',
      'menadżer',
      'wnioskodawc\\p{L}*',
      'vedoucí\\p{L}*',
      'nadřízen\\p{L}*',
      'manažer\\p{L}*',
      'žadatel',
    ],
    ...[
      'yönetici\\p{L}*',
      'müdür\\p{L}*',
      'amir\\p{L}*',
      'руковод\\p{L}*',
      'менеджер\\p{L}*',
      'начальни\\p{L}*',
      'керівни\\p{L}*',
      'заявни\\p{L}*',
      'заявител\\p{L}*',
    ],
    ...[
      'juht',
      'ülemus',
      'menadžer',
      'rukovodilac',
      'nadređeni',
      'менаџер',
      'руководилац',
      'מנהל\\p{L}*',
      '(?:ال)?مدير\\p{L}*',
      '(?:ال)?مشرف\\p{L}*',
    ],
  ),
  within(
    '上司',
    'マネージャ',
    '管理者',
    '監督',
    '申請者',
    '承認者',
    '責任者',
    '관리자',
    '상사',
    '매니저',
    '감독',
    '신청자',
    '승인자',
  ),
  within(
    '经理',
    '經理',
    '主管',
    '上级',
    '上級',
    '负责人',
    '負責人',
    '申请人',
    '申請人',
    '审批',
    '審批',
    '领导',
    '領導',
    'ผู้จัดการ',
    'หัวหน้า',
  ),
];

/** Things that have ids, or addresses of their own, and are no people. */
const NO_PEOPLE = [
  word(
    ...[
      'divisions?',
      'groups?',
      'queues?',
      'org',
      'orgs',
      'organi[sz]ations?',
      'tenants?',
      'conversations?',
      'sessions?',
      'interactions?',
      'roles?',
      'sites?',
      'stations?',
    ],
    ...[
      'skills?',
      'teams?',
      'departments?',
      'dept',
      'locations?',
      'cost cent(?:er|re)s?',
      'costcent(?:er|re)',
      'clients?',
      'applications?',
      'apps?',
      'devices?',
      'licen[sc]es?',
    ],
    ...[
      'sku',
      'correlation',
      'requests?',
      'tickets?',
      'cases?',
      'hash',
      'md5',
      'sha\\d*',
      'checksum',
      'digest',
      'fingerprint',
      'password',
      'secret',
      'batch',
      'transactions?',
    ],
    ...[
      'polic(?:y|ies)',
      'subscriptions?',
      'workspaces?',
      'campaigns?',
      'flows?',
      'compan(?:y|ies)',
      'business units?',
      'units?',
      'mailbox(?:es)? guid',
      'events?',
      'trace',
    ],
    ...[
      'bereich\\p{L}*',
      'abteilung\\p{L}*',
      'gruppen?\\p{L}*',
      'organisations?\\p{L}*',
      'kostenstellen?',
      'rollen?',
      'standort\\p{L}*',
      'warteschlangen?',
      'mandant\\p{L}*',
      'firma',
      'sparte',
    ],
    ...[
      'groupes?',
      'files? d.attente',
      'centres? de coûts?',
      'rôles?',
      'sociétés?',
      'división',
      'divisiones',
      'grupos?',
      'colas?',
      'organización',
      'centros? de costes?',
      'centros? de costos?',
      'departamentos?',
    ],
    ...[
      'divisione',
      'grupp[oi]',
      'cod[ae]',
      'organizzazione',
      'centr[oi] di costo',
      'ruol[oi]',
      'repart[oi]',
      'divisão',
      'filas?',
      'organização',
      'centros? de custos?',
      'divisies?',
      'groep\\p{L}*',
      'wachtrij\\p{L}*',
    ],
    ...[
      'organisatie',
      'kostenplaats',
      'afdeling',
      'gruppe\\p{L}*',
      'grupp',
      'afdeling',
      'avdelning',
      'avdeling',
      'ryhmä',
      'osasto',
      'grupa',
      'dział',
      'skupina',
      'oddělení',
      'grup',
      'departman',
      'bölüm',
    ],
    ...[
      'групп\\p{L}*',
      'отдел\\p{L}*',
      'подразделен\\p{L}*',
      'груп\\p{L}*',
      'відділ\\p{L}*',
      'підрозділ\\p{L}*',
      'osakond',
      'odeljenje',
      'קבוצה',
      'מחלקה',
      '(?:ال)?مجموعة',
      '(?:ال)?قسم',
    ],
  ),
  within(
    '部門',
    '部署',
    'グループ',
    '組織',
    'キュー',
    'ロール',
    '役割',
    'ディビジョン',
    '부서',
    '그룹',
    '조직',
    '대기열',
    '역할',
    '디비전',
    '部门',
    '组织',
    '队列',
    '角色',
    '分部',
    '群组',
    '群組',
    'แผนก',
    'กลุ่ม',
  ),
];

/** The same people by another address, or by one that they had or will have. */
const SECONDARY = [
  word(
    ...[
      'alternat\\p{L}*',
      'secondary',
      'second',
      'other (?:e ?)?mails?',
      'othermails?',
      'private',
      'personal',
      'home',
      'recovery',
      'old',
      'previous',
      'former',
      'alias(?:es)?',
    ],
    ...[
      'proxy ?addresses',
      'additional',
      'privat\\p{L}*',
      'persönlich\\p{L}*',
      'alterna\\p{L}*',
      'zweit\\p{L}*',
      'sekundär\\p{L}*',
      'secundari[oa]',
      'secondaire',
      'alte',
      'ancien\\p{L}*',
      'anterior',
      'personale',
    ],
  ),
];

/** People, by what they are called in an org. */
const PEOPLE = [
  word(
    ...[
      'users?',
      'agents?',
      'members?',
      'employees?',
      'persons?',
      'people',
      'staff',
      'colleagues?',
      'leavers?',
      'workers?',
      'participants?',
      'subscribers?',
      'recipients?',
    ],
    ...[
      'benutzer\\p{L}*',
      'mitarbeite\\p{L}*',
      'personen?',
      'nutzer\\p{L}*',
      'utilisateur\\p{L}*',
      'employé\\p{L}*',
      'collaborateur\\p{L}*',
      'membres?',
      'usuari[oa]s?',
      'emplead[oa]s?',
      'miembros?',
    ],
    ...[
      'utent[ei]',
      'dipendent[ei]',
      'membr[oi]',
      'usuári[oa]s?',
      'funcionári[oa]s?',
      'membros?',
      'gebruikers?\\p{L}*',
      'medewerkers?',
      'leden',
      'bruger\\p{L}*',
      'medarbejder\\p{L}*',
      'användar\\p{L}*',
      'anställd\\p{L}*',
    ],
    ...[
      'bruker\\p{L}*',
      'ansatt\\p{L}*',
      'käyttäj\\p{L}*',
      'työntekij\\p{L}*',
      'użytkowni\\p{L}*',
      'pracowni\\p{L}*',
      'uživatel\\p{L}*',
      'zaměstnan\\p{L}*',
      'kullanıcı\\p{L}*',
      'çalışan\\p{L}*',
      'пользовател\\p{L}*',
    ],
    ...[
      'сотрудни\\p{L}*',
      'користувач\\p{L}*',
      'працівни\\p{L}*',
      'kasutaja\\p{L}*',
      'töötaja',
      'korisni\\p{L}*',
      'корисни\\p{L}*',
      'משתמש\\p{L}*',
      'עובד',
      '(?:ال)?مستخدم\\p{L}*',
      '(?:ال)?موظف\\p{L}*',
    ],
  ),
  within(
    'ユーザ',
    '社員',
    '従業員',
    'メンバー',
    '사용자',
    '직원',
    '구성원',
    '用户',
    '用戶',
    '使用者',
    '員工',
    '员工',
    '成员',
    '成員',
    'ผู้ใช้',
    'พนักงาน',
  ),
];

/** Addresses, and what people sign in with. */
const ADDRESS = [
  word(
    ...[
      'e ?mails?',
      'mails?',
      'email ?address(?:es)?',
      'e ?mail\\p{L}*',
      'mail\\p{L}*',
      'address(?:es)?',
      'smtp',
      'courriels?',
      'correos?',
      'posta',
      'adress[ea]n?',
      'adresses?',
      'indirizz[oi]',
      'direcci[oó]n',
      'sähköposti\\p{L}*',
    ],
    ...[
      'e ?post\\p{L}*',
      'e ?posta\\p{L}*',
      'poczta',
      'почта',
      'пошта',
      'пошти',
      'почты',
      'имейл',
      'דוא',
      '(?:ال)?بريد',
      'eposti?',
    ],
  ),
  within('メール', '이메일', '메일', '邮箱', '郵箱', '邮件', '郵件', '電子郵', '电子邮', 'อีเมล'),
];
const SIGN_IN = [
  word(
    'upn',
    'user ?principal ?names?',
    'user ?names?',
    'logins?',
    'log ?ons?',
    'sign ?ins?',
    'accounts?',
    'sam ?account ?names?',
    'konto',
    'konten',
    'comptes?',
    'cuentas?',
    'contas?',
    'kennung\\p{L}*',
    'anmeld\\p{L}*',
    'identifiants?',
    'benutzername',
  ),
  within('アカウント', '계정', '账号', '帳號', '账户', '帳戶', '登录', '登入', 'บัญชี'),
];
const ID = [
  word(
    'ids?',
    'guids?',
    'uuids?',
    'identifiers?',
    'identity',
    'object ?ids?',
    'object ?guids?',
    'kennungen?',
  ),
];

/** Words that stand in headings and say nothing about who is meant. */
const PLAIN = [
  word(
    ...[
      'names?',
      'first',
      'last',
      'given',
      'surname',
      'family',
      'display ?names?',
      'full',
      'title',
      'position',
      'job',
      'status',
      'state',
      'date',
      'reason',
      'leaving',
      'numbers?',
      'no',
      'nr',
      'phone',
      'country',
    ],
    ...[
      'city',
      'start',
      'end',
      'type',
      'comments?',
      'notes?',
      'remarks?',
      'required',
      'last ?login',
      'created',
      'enabled',
      'active',
      'personnel',
      'payroll',
      'termination',
      'mobile',
      'extension',
      'description',
    ],
    ...[
      'vornamen?',
      'nachnamen?',
      'grund',
      'datum',
      'personalnummer',
      'bemerkung',
      'telefon',
      'titel',
      'noms?',
      'prénoms?',
      'date',
      'motif',
      'nombres?',
      'apellidos?',
      'fecha',
      'motivo',
      'nome',
      'cognome',
      'data',
      'sobrenome',
    ],
    ...[
      'naam',
      'voornaam',
      'achternaam',
      'reden',
      'navn',
      'namn',
      'fornavn',
      'efternavn',
      'förnamn',
      'efternamn',
      'etternavn',
      'nimi',
      'etunimi',
      'sukunimi',
      'imię',
      'nazwisko',
      'jméno',
      'příjmení',
      'ad',
      'soyad',
      'isim',
    ],
    ...['имя', 'фамилия', 'дата', 'ім.я', 'прізвище', 'שם', '(?:ال)?اسم'],
  ),
  within('氏名', '名前', '姓', '名', '이름', '성명', '姓名', '名称', '名稱', 'ชื่อ', '日期', '理由', '原因'),
];
/** Words between the others. */
const FILLER = word(
  'the',
  'of',
  'to',
  'for',
  'and',
  'or',
  'in',
  'all',
  'list',
  'liste',
  'lista',
  'revoke',
  'work',
  'business',
  'primary',
  'main',
  'corporate',
  'company',
  'genesys',
  'cloud',
  'purecloud',
  'new',
  'der',
  'die',
  'das',
  'de',
  'la',
  'le',
  'du',
  'des',
  'del',
  'di',
  'do',
  'da',
  'el',
  'van',
  'address',
  'external',
  'internal',
);

/** `userPrincipalName`, `USER_ID` and `E-Mail` as words. */
const wordsOf = (heading: string): string =>
  heading
    .slice(0, 120)
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .replace(/\be mail/giu, 'email')
    .trim();

/** Where the last of them ends; -1 when there is none. */
function lastOf(patterns: readonly RegExp[], text: string): number {
  let last = -1;
  for (const pattern of patterns)
    for (const match of text.matchAll(pattern)) last = Math.max(last, match.index + match[0].length);
  return last;
}
const has = (patterns: readonly RegExp[], text: string): boolean => lastOf(patterns, text) >= 0;

/** Whom a column with that heading speaks of. `Group Member Id` is a user, `User Group Id` is not. */
export function meaningOf(heading: string): ColumnMeaning {
  const text = wordsOf(heading);
  if (text === '') return 'unknown';
  if (has(OTHER_PEOPLE, text)) return 'other-people';
  const thing = lastOf(NO_PEOPLE, text);
  if (thing >= 0 && thing > lastOf([...PEOPLE, ...SIGN_IN], text)) return 'no-people';
  const said = has([...PEOPLE, ...ADDRESS, ...SIGN_IN, ...ID], text);
  if (has(SECONDARY, text)) return 'secondary';
  return said ? 'user' : 'unknown';
}

/** How surely a heading of the meaning `user` says an address, for choosing among several such columns. */
export function rankOf(heading: string): number {
  const text = wordsOf(heading);
  if (has(ID, text)) return 3;
  if (has(SIGN_IN, text)) return 1;
  return has(ADDRESS, text) ? 2 : 0;
}

/** Whether a heading of ids says that they are those of users here. */
export function isOwnId(heading: string): boolean {
  const text = wordsOf(heading);
  return has(ID, text) && (has(PEOPLE, text) || /genesys|pure ?cloud/i.test(text));
}

/** Headings that only Microsoft's directories have: an id beside them is theirs, not that of Genesys Cloud. */
export const isMicrosoftHeading = (heading: string): boolean =>
  /user ?principal ?name|\bupn\b|sam ?account ?name|object ?(?:id|guid)|distinguished ?name|proxy ?addresses/i.test(
    wordsOf(heading),
  );

/** Whether a cell can be a heading, by its words. */
export const isHeadingText = (cell: string): boolean => {
  const text = wordsOf(cell);
  return (
    text !== '' &&
    has([...PEOPLE, ...ADDRESS, ...SIGN_IN, ...ID, ...OTHER_PEOPLE, ...NO_PEOPLE, ...PLAIN], text)
  );
};

/** Whether a line is made of heading words alone: the only one of a list without columns. */
export function isHeadingLine(line: string): boolean {
  // A template of Microsoft: `User name [userPrincipalName] Required`.
  if (/\[[A-Za-z]{3,40}\]( Required)?$/.test(line) && !line.includes('@')) return true;
  if (/[\d@]/.test(line) || /\p{L}\.\p{L}/u.test(line)) return false;
  const text = wordsOf(line);
  if (!has([...PEOPLE, ...ADDRESS, ...SIGN_IN, ...ID], text)) return false;
  let rest = text;
  for (const pattern of [
    ...PEOPLE,
    ...ADDRESS,
    ...SIGN_IN,
    ...ID,
    ...PLAIN,
    FILLER,
    ...SECONDARY,
    ...OTHER_PEOPLE,
  ])
    rest = rest.replace(pattern, ' ');
  return rest.trim() === '';
}
