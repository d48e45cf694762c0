/** Digits in groups, as people and spreadsheets write them: 19,584 or 19 584, 19.584, 19'584. */
const GROUPED = /(?<=\d)[ ,.'’\u00A0\u202F](?=\d{3}(?!\d))/g;

const plain = (text: string): string =>
  text.normalize('NFC').replace(/\s+/g, ' ').trim().replace(GROUPED, '').toLocaleLowerCase('en');

/** What keeps a typed text from being the one that is asked for. */
export type ConfirmationProblem =
  /** Nothing, or only its beginning, is there yet. */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'other-number'; readonly typed: string }
  | { readonly kind: 'other-words' };

/** @returns null when it is what is asked for. Capitals, spaces around and grouped digits do not matter; all else does. */
export function confirmationProblem(typed: string, expected: string): ConfirmationProblem | null {
  const [entered, wanted] = [plain(typed), plain(expected)];
  if (entered === wanted && wanted !== '') return null;
  if (wanted.startsWith(entered)) return { kind: 'unfinished' };
  const number = /^revoke (\d+)\b/;
  const [, asked] = number.exec(wanted) ?? [];
  const [, given] = number.exec(entered) ?? [];
  return given !== undefined && asked !== undefined && given !== asked
    ? { kind: 'other-number', typed: given }
    : { kind: 'other-words' };
}

/** Whether a text confirms what is asked for; an empty wish is never confirmed by typing. */
export const isConfirmed = (typed: string, expected: string): boolean =>
  expected !== '' && confirmationProblem(typed, expected) === null;
