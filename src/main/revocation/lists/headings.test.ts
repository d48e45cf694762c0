import { describe, expect, it } from 'vitest';
import type { ColumnMeaning } from '../../../shared/list.ts';
import { isHeadingLine, meaningOf } from './headings.ts';

/** Headings as exports and people write them, by whom they speak of. Parted by bars. */
const HEADINGS: readonly (readonly [ColumnMeaning, string])[] = [
  // English
  [
    'user',
    'Email|E-Mail Address|Work Email|User|User ID|userPrincipalName|UPN|Agent Id|Member|Employee Email',
  ],
  ['user', 'Requested for|Affected user|Login|AD Account|Leaver email|Email of the person who leaves'],
  ['other-people', 'Manager|Manager Email|Mgr Email|Line Manager|Supervisor ID|Reports To|Team Lead|N+1'],
  ['other-people', 'Requested By|Requestor|Opened by|Approver email|Created By|Assigned to|Owner|HRBP'],
  [
    'no-people',
    'Group|User Group Id|Division ID|organizationId|Cost Centre|Team mailbox|Conversation ID|Message ID',
  ],
  ['no-people', 'sys_id|Tenant|License|Session ID|Queue|Cost Center|MD5'],
  ['secondary', 'Private Email|Alternate email|Recovery Email|Old email'],
  // German
  [
    'user',
    'E-Mail-Adresse|Benutzer|Mitarbeiter E-Mail|Benutzername|Anmeldename|Geschäftliche E-Mail|Benutzer-ID',
  ],
  [
    'other-people',
    'Vorgesetzter|E-Mail des Vorgesetzten|Führungskraft|Abteilungsleiter|Teamleitung|Linienmanager',
  ],
  [
    'other-people',
    'Disziplinarvorgesetzte|Genehmiger|Beantragt von|Ansprechpartner|Stellvertretung|Antragsteller',
  ],
  ['no-people', 'Abteilung|Kostenstelle|Gruppe|Bereichs-ID|Mandant'],
  ['secondary', 'Private E-Mail|Alternative E-Mail'],
  // French
  [
    'user',
    'Courriel|Adresse e-mail|Utilisateur|Identifiant|Compte à désactiver|E-mail du collaborateur|Salarié',
  ],
  [
    'other-people',
    'Responsable|Courriel du responsable|Supérieur hiérarchique|Demandé par|Valideur|E-mail du manager',
  ],
  ['no-people', 'Groupe|Division|Centre de coûts|Équipe'],
  ['secondary', 'E-mail personnelle|Adresse privée'],
  // Spanish, Portuguese, Italian
  [
    'user',
    'Correo electrónico|Usuario|Correo del empleado|Agente|Endereço de e-mail|Usuário|E-mail do funcionário',
  ],
  ['user', 'Indirizzo e-mail|Utente|Nome utente|E-mail dipendente'],
  [
    'other-people',
    'Gerente|Correo del jefe|Solicitado por|Aprobador|Líder de equipo|Gestor|E-mail do gestor|Supervisor',
  ],
  [
    'other-people',
    'Coordenador|Aprovado por|Responsabile|E-mail responsabile|Superiore|Richiesto da|Direttore',
  ],
  [
    'no-people',
    'Grupo|Departamento|Centro de costos|División|Divisão|Centro de custo|Reparto|Centro di costo',
  ],
  ['secondary', 'Correo personal|E-mail pessoal|E-mail privada'],
  // Dutch and the languages of the north
  [
    'user',
    'E-mailadres|Gebruiker|Medewerker|Mailadresse|Brugernavn|Medarbejder|E-postadress|Användarnamn|Bruker',
  ],
  ['user', 'Sähköposti|Käyttäjä|E-post|Kasutaja'],
  [
    'other-people',
    'Leidinggevende|E-mailadres leidinggevende|Aangevraagd door|Leder|Nærmeste leder|Chef|Esimies|Juht',
  ],
  // Slavic languages and Turkish
  ['user', 'Adres e-mail|Użytkownik|Pracownik|Uživatel|Zaměstnanec|Korisnik|E-posta|Kullanıcı adı|Çalışan'],
  ['user', 'Электронная почта|Пользователь|Сотрудник|Логин|Електронна пошта|Користувач'],
  ['other-people', 'Przełożony|Kierownik|Nadřízený|Vedoucí|Rukovodilac|Yönetici|Müdür e-posta|Onaylayan'],
  ['other-people', 'Руководитель|Почта руководителя|Менеджер|Согласующий|Керівник|Пошта керівника'],
  ['no-people', 'Grupa|Dział|Oddělení|Bölüm|Группа|Отдел|Підрозділ'],
  // East and south
  [
    'user',
    'メールアドレス|ユーザー名|ユーザーID|社員番号|エージェント|이메일|사용자 ID|상담원|邮箱|用户名|電子郵件|員工',
  ],
  ['user', 'อีเมล|ผู้ใช้|بريد إلكتروني|المستخدم|דוא"ל|שם משתמש'],
  [
    'other-people',
    '上司のメール|上長メールアドレス|承認者Eメール|申請者|関連マネージャー|관리자 이메일|팀장|승인자|经理邮箱|直属主管',
  ],
  ['other-people', 'อีเมลผู้จัดการ|หัวหน้า|بريد المدير|المشرف|מנהל ישיר'],
  ['no-people', '部署|グループ名|部署ID|부서|그룹|部门|群组|แผนก|القسم|מחלקה'],
  ['unknown', 'Foo|Nachname|Personalnummer|Reason for leaving|Date|姓名|Last day|Notes'],
];

describe('headings', () => {
  it.each(HEADINGS.flatMap(([meaning, all]) => all.split('|').map((one) => [one, meaning] as const)))(
    '“%s” speaks of: %s',
    (heading, meaning) => {
      expect(meaningOf(heading)).toBe(meaning);
    },
  );

  it.each(['Email', 'User ID', 'E-Mail-Adresse', 'UPN', 'メールアドレス', 'Leavers', 'Courriel'])(
    'a line that says only “%s” is one',
    (line) => {
      expect(isHeadingLine(line)).toBe(true);
    },
  );

  it.each([
    'Hi team',
    'Ann Doe',
    'Please remove the users',
    'jdoe',
    'Sales',
    'Email for Ann',
    'user1',
    'a@x.org',
  ])('a line that says “%s” is none', (line) => {
    expect(isHeadingLine(line)).toBe(false);
  });
});
