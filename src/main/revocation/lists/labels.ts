import { labelDecides } from './decision-words.ts';
import { speaksOfOthers } from './headings.ts';

/** Who is only named to show how: `Example: chris@contoso.com` in the templates of Entra, `e.g. jane@example.com`. */
const EXAMPLE = String.raw`(?:examples?|e\. ?g\.?|for example|beispiel|z\. ?b\.|exemple|p\. ?ex\.|ejemplo|p\. ?ej\.|exemplo|esempio|voorbeeld|przykład|пример|приклад|例)`;
const IS_EXAMPLE = new RegExp(String.raw`(?<![\p{L}\p{N}])${EXAMPLE}\s?[:：]?\s{0,3}["'<([]*$`, 'iu');
/** `Approved by: Jane Roe <jane@example.org>`: a label before the whole line; none with another label, or "for", in it. */
const LABEL = /^([\p{L}][\p{L} .]{0,39})[:：](?!.*(?:[:：] | for | für | pour | para | voor ))/iu;
/** `Prepared by HR` in the first cell of a row. */
const BY =
  /^(?:approved|created|exported|generated|managed|opened|prepared|reported|requested|sent|submitted|updated) by(?!\p{L})/iu;

/** Whether somebody is an example. @param before what stands before them. */
export const isExample = (before: string): boolean => IS_EXAMPLE.test(before);

/** Whether a label before a line says that those in it are others, examples, or are to be left alone. */
export function isOfOthers(line: string): boolean {
  const label = LABEL.exec(line)?.[1] ?? '';
  return label !== '' && (isExample(label) || speaksOfOthers(label) || labelDecides(label) === 'leaves');
}

/** The same of a row, by its first cell: `CC: x@x.org; y@x.org` below a table. */
export const isRowOfOthers = (cell: string): boolean => isOfOthers(cell) || BY.test(cell);
