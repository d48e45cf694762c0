import { alternatives } from './alternatives.ts';

/*
 * The words of headings, in the languages of Genesys Cloud's own pages
 * (https://help.genesys.cloud/articles/supported-languages/): English, Arabic, Chinese, Czech, Danish, Dutch, Estonian,
 * Finnish, French, German, Hebrew, Italian, Japanese, Korean, Norwegian, Polish, Portuguese, Russian, Serbian, Spanish,
 * Swedish, Thai, Turkish, Ukrainian. `~` stands for any ending, `_` for a space.
 */

/** @param words parted from others by spaces. @param parts of languages that do not part their words. */
function terms(words: string, parts = ''): readonly RegExp[] {
  const patterns = [new RegExp(String.raw`(?<!\p{L})(?:${alternatives(words)})(?!\p{L})`, 'giu')];
  return parts === '' ? patterns : [...patterns, new RegExp(alternatives(parts), 'gu')];
}

/** Who somebody is that a page or a sentence names beside the users: `Approver`, `her manager is …`. */
export const ROLES_BESIDE = 'manager supervisor approver requester requestor reporter assignee caller';
/** What such a one did: `requested by`. */
export const DONE_BY =
  'requested approved opened reported submitted raised created updated prepared sent managed replaced covered authori[sz]ed';

/** Who is responsible for the users, asked for them, or stands in for them. */
export const OTHER_PEOPLE = terms(
  String.raw`
  ${ROLES_BESIDE} mgr organi[sz]ers? questions? (?:rück)?fragen supervisor~ superior boss teamlead~ lead leader head director approv~
  requested(?!_for) submitt~ owner creator author by reports reporting reported assign(?!ed_users?)~ sponsor coach
  mentor trainer recruiter hrbp hr_partner hr_contact contact responsible delegate deputy substitute
  backup assistant secretary successor replace~ handover forward~ notify cc bcc from sender reply_to
  reporters? watchers? watch_list c_?cs senders? (?:my|your)_(?:e_?)?(?:mails?|address) actor initiat~ admin_e?_?mails? resp supv vorges~
  emergency customer kunde~ klant~ cliente~ клиент~ on_behalf vorgesetzt~ führungskr~ leiter~ leitung teamleit~ ansprechpartner~
  antragsteller~ genehmig~ beantragt~ verantwortlich~ vertret~ nachfolg~ chef~ betreuer~ von absender
  responsable~ gestionnaire superviseur~ supérieur~ demandeur~ approbateur~ expéditeur gerente~ jefe~ jefa
  solicitante aprobador~ encargad~ gestor~ aprovador~ chefe responsável responsabile supervisore capo
  dirigente richiedente referente leidinggevende~ aanvrager teamleider verantwoordelijke leder~ overordne~
  ansvarlig~ ansvarig~ godkender esimies esihenkilö päällikkö johtaja hyväksyjä kierowni~ przełożon~
  menedżer menadżer wnioskodawc~ vedoucí~ nadřízen~ manažer~ žadatel yönetici~ müdür~ amir~ руковод~
  менеджер~ начальни~ керівни~ заявни~ заявител~ juht ülemus menadžer rukovodilac nadređeni менаџер
  руководилац מנהל~ (?:ال)?مدير~ (?:ال)?مشرف~ ~manager~ mngr line_mgr n_[12] n_plus_[12] escalation
  people_partner reviewer~ evaluator~ auditor~ poc reporta hr_business_partner principal_contact opened(?!_for) ~leiter~ ~leitung ~vorgesetzt~ ~führungskr~
  ~verantwortlich~ ~vertret~ auftraggeber~ ersteller~ bearbeiter~ anforderer~ anfordernd~ freigeb~
  freigegeben melder ausbilder~ durch hiérarchique~ valideur~ valideuse validé encadrant~ tuteur tutrice
  directeur directrice par demandé chef_d.équipe líder~ lider~ coordinador~ coordenador~ superior~
  jefatura solicitad~ autoriza~ aprobad~ aprovad~ director~ diretor~ por gerência gerencia superiore
  coordinator~ approvator~ approvat~ direttor~ richiest~ capo~ door goedkeurder~ directeur aangevraagd~
  opdrachtgever contactpersoon opiekun~ personalreferent~ correspondant~ av af begär~ beställ~ bestiller~ godkänn~ godkjen~ godkend~ nærmeste närmaste anmoder~
  chefer szef~ lider~ akceptując~ zatwierdzając~ dyrektor~ przez zgłaszając~ šéf~ schvalovatel~ zadavatel~
  ředitel~ şef~ onaylayan talep_eden tarafından согласующ~ утвержда~ инициатор~ директор~ кем куратор~
  наставник~ ініціатор~ погоджу~ затверджу~ esihenkil~ tilaaja taotleja kinnitaja odobrio шеф~ директор
  ממונה~ מאשר~ מבקש~ (?:ال)?رئيس~ (?:ال)?معتمد مقدم_الطلب
`,
  `
  上司 マネージャ 管理者 監督 申請者 承認者 責任者 관리자 상사 매니저 감독 신청자 승인자 经理 經理 主管 上级 上級 负责人 負責人 申请人
  申請人 审批 審批 领导 領導 ผู้จัดการ หัวหน้า 上長 上席 部長 課長 所属長 リーダ 依頼者 起票者 作成者 登録者 決裁者
  スーパーバイザ 팀장 부서장 상급자 요청자 작성자 결재자 리더 직속 组长 組長 部长 部長 直属 直屬 审核 審核 批准人 提交人 创建人 創建人 修改人 更新人 操作人 联系人 聯絡人
  変更者 更新者 操作者
  创建者 建立者 请求人 請求者 發起人 ผู้อนุมัติ ผู้ขอ ผู้บังคับบัญชา ผู้ดูแล
`,
);

/** Things that have ids, or addresses of their own, and are no people. */
export const NO_PEOPLE = terms(
  String.raw`
  divisions? groups? queues? org orgs organi[sz]ations? tenants? conversations? sessions? interactions?
  roles? sites? stations? skills? teams? departments? dept locations? cost_cent(?:er|re)s?
  costcent(?:er|re) clients? applications? apps? devices? licen[sc]es? sku correlation requests? tickets?
  cases? hash md5 sha\d* checksum digest fingerprint password secret batch transactions? polic(?:y|ies)
  subscriptions? workspaces? campaigns? flows? compan(?:y|ies) business_units? units? mailbox(?:es)?_guid
  events? trace bereich~ abteilung~ gruppen?~ organisations?~ kostenstellen? rollen? standort~
  warteschlangen? mandant~ firma sparte groupes? files?_d.attente centres?_de_coûts? rôles? sociétés?
  división divisiones grupos? colas? organización centros?_de_costes? centros?_de_costos? departamentos?
  divisione grupp[oi] cod[ae] organizzazione centr[oi]_di_costo ruol[oi] repart[oi] divisão filas?
  organização centros?_de_custos? divisies? groep~ wachtrij~ organisatie kostenplaats afdeling gruppe~
  grupp afdeling avdelning avdeling ryhmä osasto grupa dział skupina oddělení grup departman bölüm групп~
  отдел~ подразделен~ груп~ відділ~ підрозділ~ osakond odeljenje קבוצה מחלקה (?:ال)?مجموعة (?:ال)?قسم
  sys_?ids? calls? call_?ids? messages? message_?ids? threads? domains? sids? products? orders? invoices?
  assets? computers? hosts? servers? recordings? segments? tasks? projects? vendors? suppliers? 
  rooms? shared participant_ids? distribution_lists? object_?class nachrichten?~ vorgang~ gespräch~ anruf~ gerät~ lizenz~
  vertrag~ verteiler~ postfach~ unternehmen équipes? services? entité~ agences? direction files?_d_attente
  empresas? equipos? equipes? unidad~ unidade~ filial~ setor~ sede sedi aziend~ bedrijf~ virksomhed~
  företag~ yritys firmy spółk~ společnost~ şirket~ ekip компани~ организаци~ очеред~ команд~ компані~
  організаці~ черг~ صف شركة חברה צוות chats? jabber~ im_address(?:es)?
`,
  `
  部門 部署 グループ 組織 キュー ロール 役割 ディビジョン 부서 그룹 조직 대기열 역할 디비전 部门 组织 队列 角色 分部 群组 群組 แผนก
  กลุ่ม 会社 拠点 チーム テナント 会話 通話 セッション 회사 지점 대화 세션 公司 团队 團隊 会话 會話 บริษัท ทีม
`,
);

/** Whose an address is that people have at work; alone, such a word is a thing. */
export const EMPLOYER = terms(
  String.raw`
  org organi[sz]ations? compan(?:y|ies) firmen? organisations?~ unternehmens? sociétés? entreprises? organización
  organizacional empresas? empresarial organizzazione aziend~ organização organisatie bedrijf~ virksomhed~
  företag~ yritys firmow[ay] spółk~ společnost~ firemní şirket~ компани~ организаци~ компані~ організаці~
  شركة חברה
`,
  `
  会社 組織 회사 조직 公司 组织 บริษัท
`,
);

/** The same people by another address, or by one that they had or will have. */
export const SECONDARY = terms(
  String.raw`
  alternat~ priv secondary second other_(?:e_?)?mails? othermails? private personal home recovery old previous
  former alias(?:es)? proxy_?addresses additional privat~ persönlich~ alterna~ zweit~ sekundär~
  secundari[oa] secondaire alte ancien~ anterior personale alt rescue personnelle? privée? privé
  particular pessoa[li]s? privad[oa] prywatn~ soukrom~ личн~ особист~ kişisel henkilökohtai~ vanha
  gamm?[ae]?l~ oude? vorige? vecchi[oa] ancienne antig[ou][oa]? dawn~ starý старый старий eski frühere[nrs]?
  ehemalig~ bisherig~ vorherig~ vormalig~ précédente? previ[oa] precedente tidigare? tidligere förra forrige
  föregående star[aey] poprzedni~ předchozí dřívější стар(?:ая|ое|а|е) прежн~ предыдущ~ колишн~ попередн~
  önceki eelmine aiempi entinen edellinen perso privatmail~ zweitmail~
`,
  `
  予備 個人 旧 私用 以前の 前の 従来 개인 보조 이전 기존 个人 備用 备用 私人 以前 之前 原邮箱 原郵箱 ส่วนตัว เดิม
`,
);

/** People, by what they are called in an org. */
export const PEOPLE = terms(
  String.raw`
  users? agents? attendees? members? employees? persons? people staff colleagues? leavers? workers? participants?
  subscribers? recipients? benutzer~ mitarbeite~ personen? nutzer~ utilisateur~ employé~ collaborateur~
  membres? usuari[oa]s? emplead[oa]s? miembros? utent[ei] dipendent[ei] membr[oi] usuári[oa]s? utilizador~
  funcionári[oa]s? membros? gebruikers?~ medewerkers? leden bruger~ medarbejder~ användar~ anställd~
  bruker~ ansatt~ käyttäj~ työntekij~ użytkowni~ pracowni~ uživatel~ zaměstnan~ kullanıcı~ çalışan~
  пользовател~ сотрудни~ користувач~ працівни~ kasutaja~ töötaja korisni~ корисни~ משתמש~ עובד
  (?:ال)?مستخدم~ (?:ال)?موظف~ associates? contractors? interns? joiners? trainees? consultants? operators?
  agentes? agenti agenten salarié~ collaborator~ operador~ operator~ teilnehmer~ kolleg~ beschäftigt~
  ausscheidend~ titulaire partants? agentów konsultant~ агент~ оператор~ працівник~ töötaja~ kolleger
  medarbetar~ henkilö zaměstnanec агенти סוכן~ נציג~ (?:ال)?وكيل~ (?:requested|opened)_for
`,
  `
  ユーザ 社員 従業員 メンバー 사용자 직원 구성원 用户 用戶 使用者 員工 员工 成员 成員 ผู้ใช้ พนักงาน エージェント オペレータ
  退職者 対象者 利用者 상담원 퇴사자 대상자 坐席 座席 离职人员 離職人員 人员 人員 ตัวแทน
`,
);

/** Addresses, and what people sign in with. */
export const ADDRESS = terms(
  String.raw`
  e_?mails? mails? email_?address(?:es)? e_?mail~ mail~ address(?:es)? adress adres[aiuy]? smtp messagerie endereços? דואר (?:ال)?بريد courriels? correos? posta
  adress[ea]n? adresses? indirizz[oi] direcci[oó]n sähköposti~ e_?post~ e_?posta~ poczta почта пошта пошти
  почты имейл דוא (?:ال)?بريد eposti? imejl имејл imel ~mailadress~ elektron~_post~ электронн~ електронн~
  (?:firmen|unternehmens|dienst|geschäfts|arbeits|privat|zweit)mail~
  אימייל מייל (?:ال)?إيميل (?:ال)?ايميل e_?mejl
`,
  `
  メール 이메일 메일 邮箱 郵箱 邮件 郵件 電子郵[件箱]? 电子邮[件箱]? อีเมล 電郵 信箱
`,
);

export const SIGN_IN = terms(
  String.raw`
  upns? user_?principal_?names? user_?names? logins? log_?ons? sign_?ins? accounts? sam_?account_?names?
  konto konten comptes? cuentas? contas? kennung~ anmeld~ identifiants? benutzername nome_utente účet~
  přihlašovací inloggning~ brukernavn brugernavn användarnamn kasutajanimi логин~ уч[её]тн~ логін~ облік~
  nalog חשבון حساب
`,
  `
  アカウント 계정 账号 帳號 账户 帳戶 帐户 帐号 登录 登入 บัญชี ログイン サインイン 로그인
`,
);

export const ID = terms(
  String.raw`
  ids? guids? uuids? identifiers? identity object_?ids? object_?guids? kennungen? идентификатор~
  ідентифікатор~ ид ід معرف מזהה
`,
  `
  識別子 식별자 标识 識別碼
`,
);

/** Words that stand in headings and say nothing about who is meant. */
export const PLAIN = terms(
  String.raw`
  names? first last given surname family display_?names? full title position job status state date reason
  leaving numbers? no nr phone country city start end type comments? notes? remarks? required last_?login
  created enabled active personnel payroll termination mobile extension description vornamen? nachnamen?
  grund datum personalnummer bemerkung telefon titel noms? prénoms? date motif nombres? apellidos? fecha
  motivo nome cognome data sobrenome naam voornaam achternaam reden navn namn fornavn efternavn förnamn
  efternamn etternavn nimi etunimi sukunimi imię nazwisko jméno příjmení ad soyad isim имя фамилия дата
  ім.я прізвище שם (?:ال)?اسم profiles? self urls? uris? href links? last_day hired? employment birth gender age level grade
  region language time hours shifts? effective actions? priority approved updated modified
`,
  `
  氏名 名前 姓 名 이름 성명 姓名 名称 名稱 ชื่อ 日期 理由 原因 アドレス 番号 編號 번호 주소 地址 ที่อยู่ 电话 電話 전화 状态
  狀態 状態 상태
`,
);

/** Words between the others. */
export const FILLER = terms(
  String.raw`
  the of to for and or in all list liste lista revoke work business primary main corporate company genesys
  cloud purecloud new der die das de la le du des del di do da el van address external internal dienstlich~
  geschäftlich~ beruflich~ professionn?el~ profesional~ profissional~ corporativ~ laboral lavoro zakelijk~ jobb
  arbete arbejd~ arbeids~ służbow~ pracovní эл рабоч~ служебн~ корпоратив~ робоч~ службов~ iş kurumsal official office
  network électronique electrónic[oa]s? eletr[oô]nic[oa]s? elettronic[oa] адрес~ adı adi cím adresă
  אלקטרוני ל (?:ال)?[إا]لكتروني affected impacted compromised terminated departing leaving exiting resigned
  offboarded deactivated suspended inactive removed revoked be ex e entra azure
`,
  `
  業務 仕事 勤務 電子 电子 企業 企业 업무용? 직장 工作 办公
`,
);
