import type { Line } from './table.ts';

/** A line that its writer took out. */
export const COMMENT = /^(?:#(?!\d)|\/\/|;;|rem\s)/i;
const TOTAL =
  /^(?:(?:grand |sub)?totals?|sum|summe|gesamt\p{L}*|insgesamt|anzahl|count|somme|suma|totale|totaal|итого|合計|总计|합계)\b[\s:=#-]*(?:\d[\d.,']*(?: \p{L}+)?)?[.)]?$|^\(?\d[\d.,']* (?:rows?|records?|users?|results?|items?|entries|zeilen?|benutzer|lignes?)(?: \p{L}+){0,2}\)?[.:]?$/iu;
/** How a mail ends: what comes then is its signature. */
export const CLOSING =
  /^(?:thanks|thank you|many thanks|regards|(?:best|kind|warm) regards|best|cheers|sincerely|mit freundlichen|viele grüße|beste grüße|freundliche grüße|danke|gruß|cordialement|bien à vous|merci|saludos|gracias|cordiali saluti|grazie|obrigad[oa]|met vriendelijke|groet|--\s*$)/i;
const MAIL_HEADING =
  /^(?:from|sent|to|cc|bcc|subject|date|reply-to|von|gesendet|an|betreff|datum|de|à|envoyé|objet|para|asunto|enviado el|da|inviato|oggetto|a|aan|verzonden|onderwerp)\s*:/i;

/** Whether a line tells of the list instead of naming somebody: `Total: 12`, `(12 rows affected)`. */
export const isTotal = (text: string): boolean => TOTAL.test(text);

/** Lines that belong to the heads of mails: three or more in a row. */
export function mailHeadings(lines: readonly Line[]): ReadonlySet<number> {
  const found = new Set<number>();
  let run: number[] = [];
  for (const { number, text } of [...lines, { number: Infinity, text: '' }]) {
    if (MAIL_HEADING.test(text.replace(/^[>\s]+/, ''))) run.push(number);
    else {
      if (run.length >= 3) for (const one of run) found.add(one);
      run = [];
    }
  }
  return found;
}

/** A sentence, or a greeting: nobody can have meant a user by it. */
export const isSentence = (text: string): boolean =>
  (/[.:!?,]$/.test(text) && /\s/.test(text)) || text.split(' ').length > 6;
