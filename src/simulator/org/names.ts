/**
 * Given and family names of one language, `native=latin`, or only the name where stripping its accents is enough.
 * `order` is how the language writes a full name.
 */
interface NamePool {
  readonly given: string;
  readonly family: string;
  readonly order: 'given family' | 'family given' | 'familygiven';
}

const POOLS: readonly NamePool[] = [
  {
    given: 'Anna Lukas Jürgen Käthe Björn Sören Mareike Zoë Günther Heike',
    family: 'Müller Weiß=weiss Schäfer Köhler Groß=gross Böhm Krüger Vogel Lindner Hübner',
    order: 'given family',
  },
  {
    given: 'Chloé René Élodie Benoît François Maëlle Hélène Théo Agnès Loïc',
    family: 'Lefèvre Dupré Gagné Béranger Marchand Rivière Chevalier Noël Garçon Forêt',
    order: 'given family',
  },
  {
    given: 'José Lucía Iñaki Sofía Ángel Begoña Martín Inés Raúl Noemí',
    family: 'Muñoz Ibáñez Peña García Núñez Córdoba Vázquez Aragón Quiñones Sáez',
    order: 'given family',
  },
  {
    given: 'João Conceição Inês Luís Antônio Letícia Fabrício Débora Tomás Flávia',
    family: 'Magalhães Araújo Simões Gonçalves Falcão Leitão Conceição Brandão Sá Antunes',
    order: 'given family',
  },
  {
    given: 'Łukasz Małgorzata Paweł Żaneta Święta Grażyna Michał Jagoda Wojciech Zofia',
    family: 'Wójcik Kowalczyk Ślusarz Gołąb Żuraw Dąbek Błaszczyk Król Świątek Łoś',
    order: 'given family',
  },
  {
    given: 'Jiří Tereza Ondřej Eliška Řehoř Šárka Věra Čeněk Božena Zdeněk',
    family: 'Dvořák Růžička Šťastný Křížek Hájek Čermák Žižka Říha Němec Kučera',
    order: 'given family',
  },
  {
    given: 'Søren Åse Bjørn Ægir=aegir Maj Ødger Ingrid Håkon Göran Þóra=thora',
    family:
      'Ødegård Sørensen Åberg Nyström Kjær=kjaer Bjørnstad Sjöberg Guðmundsson=gudmundsson Lindqvist Hjort',
    order: 'given family',
  },
  {
    given: 'Çağla Işık Şebnem Gökhan İlker Özge Ümit Doğan Müjde Sevgi',
    family: 'Yıldız Şahin Çelik Öztürk Güneş Aydın Kılıç Doğan Işıl Ünal',
    order: 'given family',
  },
  {
    given: 'Ștefan Ioana Răzvan Ilinca Zsófia Ödön Ákos Réka Győző Tünde',
    family: 'Țurcanu Bălan Iliescu Nagy Szőke Kővári Fülöp Mureșan Ștefănescu Gyöngyösi',
    order: 'given family',
  },
  {
    given: 'Minh Hương Đức=duc Thảo Nguyệt Quân Phượng Bảo Trâm Hiếu',
    family: 'Nguyễn Trần Lê Phạm Hoàng Vũ Đặng=dang Bùi Đỗ=do Ngô',
    order: 'family given',
  },
  {
    given: 'Amelia Kwame Ruth Chidi Grace Owen Niamh Tariq Leilani Marcus',
    family: "O'Brien=obrien Okafor Hughes Mensah Walker Kealoha Baptiste Sinclair Adeyemi Whitmore",
    order: 'given family',
  },
  {
    given:
      'Ελένη=eleni Γιώργος=giorgos Δήμητρα=dimitra Νίκος=nikos Χρύσα=chrysa Σταύρος=stavros Ιωάννα=ioanna Θανάσης=thanasis',
    family:
      'Παπαδάκης=papadakis Γεωργίου=georgiou Μάρκου=markou Αλεξίου=alexiou Ζαχαρίας=zacharias Δημητρίου=dimitriou Κωστοπούλου=kostopoulou Ραφτης=raftis',
    order: 'given family',
  },
  {
    given:
      'Анна=anna Дмитрий=dmitrii Ольга=olga Сергей=sergei Тарас=taras Юлія=yuliia Наталія=nataliia Щасна=shchasna',
    family:
      'Иваненко=ivanenko Соколова=sokolova Шевчук=shevchuk Мороз=moroz Коваль=koval Зайцева=zaitseva Бондар=bondar Їжак=yizhak',
    order: 'given family',
  },
  {
    given: 'ليلى=layla عمر=omar فاطمة=fatima يوسف=yusuf مريم=maryam خالد=khalid نور=noor سامي=sami',
    family:
      'الحداد=alhaddad النجار=alnajjar منصور=mansour الخطيب=alkhatib درويش=darwish صباغ=sabbagh حمدان=hamdan زيدان=zaydan',
    order: 'given family',
  },
  {
    given: 'נועה=noa איתן=eitan תמר=tamar יעל=yael אורי=ori מיכל=michal דניאל=daniel שירה=shira',
    family: 'לוי=levi כהן=cohen ברק=barak שפירא=shapira גולן=golan אלון=alon רוזן=rosen דגן=dagan',
    order: 'given family',
  },
  {
    given: 'अनिता=anita राहुल=rahul प्रिया=priya विक्रम=vikram सुनील=sunil मीरा=meera काव्या=kavya अर्जुन=arjun',
    family:
      'शर्मा=sharma वर्मा=verma जोशी=joshi कुलकर्णी=kulkarni मिश्रा=mishra देसाई=desai रावत=rawat त्रिपाठी=tripathi',
    order: 'given family',
  },
  {
    given: '伟=wei 芳=fang 秀英=xiuying 磊=lei 静怡=jingyi 浩然=haoran 雪=xue 明轩=mingxuan',
    family: '王=wang 李=li 张=zhang 刘=liu 陈=chen 赵=zhao 欧阳=ouyang 林=lin',
    order: 'familygiven',
  },
  {
    given: '陽菜=hina 蓮=ren 美咲=misaki 大翔=hiroto さくら=sakura 健太=kenta 葵=aoi ユウキ=yuki',
    family:
      '佐藤=sato 鈴木=suzuki 高橋=takahashi 渡辺=watanabe 小林=kobayashi 山本=yamamoto 斎藤=saito 清水=shimizu',
    order: 'family given',
  },
  {
    given: '민준=minjun 서연=seoyeon 지우=jiwoo 하은=haeun 도윤=doyoon 수빈=subin 예은=yeeun 현우=hyunwoo',
    family: '김=kim 이=lee 박=park 최=choi 정=jung 강=kang 조=cho 윤=yoon',
    order: 'familygiven',
  },
  {
    given: 'สมชาย=somchai กนกวรรณ=kanokwan ณัฐพล=nattapon อรุณี=arunee ธนา=thana พิมพ์ชนก=pimchanok',
    family: 'สุขใจ=sukjai ทองดี=thongdee ศรีสุวรรณ=srisuwan บุญมา=boonma แก้วมณี=kaewmanee วงศ์ไทย=wongthai',
    order: 'given family',
  },
  {
    given: 'ნინო=nino გიორგი=giorgi Արամ=aram Անի=ani மீனா=meena குமார்=kumar তানিয়া=tania রফিক=rafiq',
    family:
      'ბერიძე=beridze მაისურაძე=maisuradze Սարգսյան=sargsyan Պետրոսյան=petrosyan முருகன்=murugan சுந்தரம்=sundaram হোসেন=hossain চৌধুরী=chowdhury',
    order: 'given family',
  },
];

/** Letters that do not come apart into a base letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/** @returns lower-case a–z and 0–9 only, from Latin letters with any accents. */
export const toAscii = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[ßøłđðþæœı]/g, (letter) => LETTERS[letter] ?? '')
    .replace(/[^a-z0-9]/g, '');

interface Part {
  readonly native: string;
  readonly latin: string;
}

const parts = (words: string): readonly Part[] =>
  words.split(' ').map((word) => {
    const [native = '', latin] = word.split('=');
    return { native, latin: latin ?? toAscii(native) };
  });

const POOL_PARTS = POOLS.map((pool) => ({
  given: parts(pool.given),
  family: parts(pool.family),
  order: pool.order,
}));

export interface PersonName {
  /** As its owner writes it. */
  readonly full: string;
  /** `given.family` in ASCII: the address before it is made unique. */
  readonly address: string;
}

const pick = <T>(items: readonly T[], at: number): T => {
  const item = items[at % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

/** @param choice three independent numbers that choose the language, the given name and the family name. */
export const nameOf = (choice: readonly [number, number, number]): PersonName => {
  const pool = pick(POOL_PARTS, choice[0]);
  const given = pick(pool.given, choice[1]);
  const family = pick(pool.family, choice[2]);
  const full =
    pool.order === 'given family'
      ? `${given.native} ${family.native}`
      : pool.order === 'family given'
        ? `${family.native} ${given.native}`
        : `${family.native}${given.native}`;
  return { full, address: `${given.latin}.${family.latin}` };
};
