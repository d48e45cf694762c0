// What a spreadsheet would take for a formula, in one place: exports and copying must not differ.

/**
 * Characters that begin a formula (https://owasp.org/www-community/attacks/CSV_Injection), and what looks like them:
 * full-width and small forms and the minus sign, which some spreadsheets normalise.
 */
const BEGINS_FORMULA = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B\u2212]/u;

/** What a spreadsheet may drop or not show before it looks: blanks, controls, marks of direction, invisible operators. */
const SKIPPED = /^(?:[\s\p{Cc}\p{Cf}\p{Zs}\p{Default_Ignorable_Code_Point}"\u2800\uFFFE\uFFFF])+/u;

/** ASVS 5.0, 1.2.10: a tab and a NUL count by themselves when they come first; so do line breaks at OWASP. */
const FIRST_CONTROL = /^\p{Cc}/u;

/** Where a spreadsheet may split a cell, by its settings, when it reads or pastes one. */
const SEPARATORS = /([,;|\t\r\n\v\f\u0085\u2028\u2029\uFF0C\uFF1B\uFF5C])/u;

const beginsFormula = (text: string): boolean => BEGINS_FORMULA.test(text.replace(SKIPPED, ''));

/**
 * A text that no spreadsheet runs, whole or split at a separator: an apostrophe stands before whatever would begin a
 * formula. Everything else is as it was. Takes time linear in its length.
 */
export function disarmFormula(text: string): string {
  if (!BEGINS_FORMULA.test(text) && !MAY_HIDE.test(text)) return text;
  const disarmed = text
    .split(SEPARATORS)
    .map((part) => (beginsFormula(part) ? `'${part}` : part))
    .join('');
  return FIRST_CONTROL.test(disarmed) ? `'${disarmed}` : disarmed;
}

/** Quick no for nearly every cell: a formula can only hide behind one of these. */
const MAY_HIDE =
  /[,;|\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}"\u2800\uFF0C\uFF1B\uFF5C\uFFFE\uFFFF]/u;
