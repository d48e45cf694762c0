import { alternatives } from './alternatives.ts';
import type { Line } from './table.ts';

/** A line that its writer took out. */
export const COMMENT = /^(?:#(?!\d)|\/\/|;;|(?:REM|rem) (?!\p{Lu}))/u;

const TOTAL_WORDS =
  'sub-?totals?|grand totals?|totals?|sum|(?:zwischen|gesamt)?summe|gesamt\\p{L}*|insgesamt|anzahl|count|sous-total|somme|suma|totale|totaal|totalt|razem|łącznie|celkem|yhteensä|toplam|итого|всего|разом|合計|小計|总计|總計|합계|총계';
const TOTAL = new RegExp(
  `^(?:${TOTAL_WORDS})(?!\\p{L})(?:\\s+\\p{L}+){0,4}[\\s:：=#-]*(?:\\d[\\d.,']*(?: \\p{L}+)?)?[.)]?$`,
  'iu',
);
const ROWS =
  /^\(?\d[\d.,']* (?:rows?|records?|users?|results?|items?|entries|people|members?|zeilen?|datensätze|benutzer|lignes?|utilisateurs?|filas?|usuarios?)(?: \p{L}+){0,2}\)?[.:]?$/iu;
const NUMBER_OF =
  /^(?:number of|anzahl(?: der)?|nombre d[e'’]|número de|numero di|aantal|liczba)\s?[\p{L} ]{1,40}[:=]?\s?\d+$/iu;

/** Whether a line tells of the list instead of naming somebody: `Total: 12`, `(12 rows affected)`. */
export function isTotal(value: string): boolean {
  if (value.length > 100) return false;
  const text = value.replace(/[*_~`]{2,}/g, '');
  return TOTAL.test(text) || ROWS.test(text) || NUMBER_OF.test(text);
}

/** A line that begins with one of these words, and has few others. @param parts of languages that do not part their words. */
const mailWords = (words: string, parts: string): RegExp =>
  new RegExp(
    String.raw`^(?:(?:${alternatives(words)})(?!\p{L})(?:[ ,]+[\p{L}&/-]+){0,5}[ ,!.:;–]*$|(?:${alternatives(parts)}))`,
    'iu',
  );
const label = (words: string): RegExp => new RegExp(String.raw`^(${alternatives(words)})\s*[:：]`, 'i');

/** How a mail begins. */
const GREETING = mailWords(
  String.raw`
  hi hello hey dear good_(?:morning|afternoon|evening|day) greetings hallo guten_(?:tag|morgen|abend) moin
  servus grüezi sehr_geehrte[rs]? liebe[rs]? bonjour bonsoir salut chers? chères? hola
  buen[oa]s_(?:días|tardes|noches) estimad[oa]s? querid[oa]s? ciao buongiorno buonasera salve gentil[ei]
  car[aei] olá ola bom_dia boa_(?:tarde|noite) prezad[oa]s? beste geachte goede(?:morgen|middag|navond)
  hei hej moi dzień_dobry cześć szanown~ dobrý_den merhaba sayın здравствуйте добрый_день привет вітаю
  добрий_день שלום مرحبا
`,
  `お疲れ様 お世話に 各位 안녕하세요 您好 你好 大家好 สวัสดี`,
);

/** How it ends: what comes then is its signature. */
const CLOSING = mailWords(
  String.raw`
  thanks thank_you many_thanks thx tx ty ta br rgds (?:best_|kind_|warm_|with_)?(?:kind_)?regards best best_wishes cheers
  sincerely yours_(?:sincerely|faithfully) mit_freundlichen viele_grüße (?:beste|freundliche|liebe)_grüße
  vielen_dank danke gruß mfg vg lg cordialement bien_à_vous bien_cordialement merci saludos un_saludo
  (?:muchas_)?gracias atentamente cordiali_saluti distinti_saluti grazie obrigad[oa] atenciosamente
  cumprimentos met_vriendelijke (?:groet|groeten) vriendelijke_groet venlig_hilsen med_vänlig mvh hilsen
  pozdrawiam s_pozdravem saygılarımla teşekkürler с_уважением спасибо з_повагою дякую
`,
  `よろしく 宜しく 감사합니다 谢谢 謝謝 ขอบคุณ`,
);

/** Whether a line greets. */
export const isGreeting = (text: string): boolean => text.length < 100 && GREETING.test(text);
/** Whether a line takes leave. */
export const isClosing = (text: string): boolean =>
  text.length < 100 && (CLOSING.test(text) || /^--\s*$/.test(text));

const MAIL_HEADING = label(
  String.raw`
  from sent to ccs? bcc subject date reply-to importance attachments? return-path received message-id
  (?:delivered|x|list|content|mime|dkim|arc|authentication|in-reply|thread|resent|errors|feedback)-[a-z-]{2,40} references von gesendet an betreff datum de à
  envoyé objet para asunto enviado(?:_el)? fecha da inviato oggetto a aan verzonden onderwerp fra til emne
  från till ämne od do temat kimden kime konu от кому тема 差出人 宛先 件名 送信日時 发件人 收件人 主题 보낸_사람 받는_사람 제목
`,
);
const SENDER = label(`from von de da van fra från od kimden от 差出人 发件人 보낸_사람`);
/** `On Mon, 12 Oct 2026, Ann Doe <ann@example.org> wrote:` */
const ATTRIBUTION =
  /(?:^|\s)(?:wrote|schrieb(?: [^:]{1,80})?|a écrit|escribió|ha scritto|escreveu|schreef.{0,60}|skrev.{0,60}|napsal\(a\)|napisał\(a\)|пиш[её]т|написал\(?а?\)?)\s*[:：]$/i;
/** `-----Original Message-----`, `Begin forwarded message:` */
const SEPARATOR =
  /^(?:[-_=]{3,} ?[\p{L}'][\p{L}' ]{2,40}[-_=]{3,}|begin forwarded message:|anfang der weitergeleiteten .{1,40}:)$/iu;

/** What a mail is about, which can name the user. */
export const SUBJECT = label(
  `subject betreff objet asunto assunto oggetto onderwerp emne ämne temat konu тема 件名 主题 제목`,
);

/** Lines that belong to the heads of mails: several in a row, one that says who wrote, or one that parts two mails. */
export function mailHeadings(lines: readonly Line[]): ReadonlySet<number> {
  const found = new Set<number>();
  let run: Line[] = [];
  const close = (): void => {
    const labels = new Set(run.map(({ text }) => MAIL_HEADING.exec(text)?.[1]?.toLowerCase()));
    const isHead = run.length >= 3 || (labels.size >= 2 && run.some(({ text }) => SENDER.test(text)));
    if (isHead) for (const { number } of run) found.add(number);
    run = [];
  };
  lines.forEach(({ number, text: quoted }, n) => {
    const text = quoted
      .slice(0, 1_000)
      .replace(/^[>\s]+/, '')
      .trimEnd();
    if (MAIL_HEADING.test(text)) run.push({ number, text });
    // A long one goes on in the next line, indented (RFC 5322, 2.2.3).
    else if (run.length > 0 && /^[ \t]+\S/.test(quoted)) run.push({ number, text: '' });
    else close();
    if (SEPARATOR.test(text) || ATTRIBUTION.test(text)) found.add(number);
    // A long attribution goes over two lines.
    const before = lines[n - 1];
    if (
      /^(?:wrote|a écrit|escribió)\s*:$/i.test(text) &&
      before &&
      /^[>\s]*(?:on|le|el)\s.*\d/i.test(before.text)
    )
      found.add(before.number);
  });
  close();
  return found;
}

/** A sentence: nobody can have meant a user by it. */
export const isSentence = (text: string): boolean =>
  /[:：]$/.test(text) || (/[.!?,。！？、]$/.test(text) && /\s/.test(text)) || text.split(' ').length > 6;
