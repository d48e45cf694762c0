import type { ListColumn } from '../../../shared/plan.ts';
import { cleanValue, identify } from './identify.ts';
import type { ParsedList } from './parse.ts';

const SAMPLES = 3;
const MAX_SAMPLE = 80;

/** Rows looked at to tell a header. */
const HEADER_SAMPLE = 1_000;

/**
 * Words that stand above a column of ids or addresses, in the languages of Genesys Cloud's own admin pages. A first
 * row is taken for a header only when it says one of them: a misspelt address in the first row must stay a row that
 * somebody sees, and a header taken for a row does no harm.
 */
const HEADER_WORDS =
  /e-?mail|mail|user|\bids?\b|_id\b|guid|uuid|address|login|account|benutzer|kennung|adresse|utilisateur|courriel|usuario|correo|utente|gebruiker|usuário|ユーザー|メール|사용자|用户|邮箱/i;

export interface ListColumns {
  readonly hasHeader: boolean;
  readonly columns: readonly ListColumn[];
  readonly identifierColumn: number | null;
}

interface Counts {
  ids: number;
  emails: number;
  samples: string[];
}

function count(rows: ParsedList['rows']): Counts[] {
  const counts: Counts[] = [];
  for (const row of rows)
    row.forEach((cell, index) => {
      const column = (counts[index] ??= { ids: 0, emails: 0, samples: [] });
      const value = cleanValue(cell);
      if (value === '') return;
      const { kind } = identify(value);
      if (kind === 'id') column.ids += 1;
      if (kind === 'email') column.emails += 1;
      if (column.samples.length < SAMPLES) column.samples.push(value.slice(0, MAX_SAMPLE));
    });
  return counts;
}

function mostIdentifiers(counts: readonly Counts[]): number | null {
  let best: number | null = null;
  counts.forEach(({ ids, emails }, index) => {
    const other = best === null ? { ids: 0, emails: 0 } : counts[best];
    const more = ids + emails - ((other?.ids ?? 0) + (other?.emails ?? 0));
    // Of two that name as many users, the one with ids: an id never names two users.
    if (more > 0 || (more === 0 && best !== null && ids > (other?.ids ?? 0))) best = index;
  });
  return best;
}

/** Recognises a header, and the column that says who. */
export function describeColumns(rows: ParsedList['rows']): ListColumns {
  const [first = []] = rows;
  const likely = mostIdentifiers(count(rows.slice(0, HEADER_SAMPLE)));
  const saysWord = (cell: string | undefined): boolean =>
    cell !== undefined && HEADER_WORDS.test(cleanValue(cell));
  const hasHeader =
    rows.length > 1 &&
    first.every((cell) => identify(cell).kind === 'unreadable') &&
    (likely === null ? first.some(saysWord) : saysWord(first[likely]));
  const counts = count(hasHeader ? rows.slice(1) : rows);
  return {
    hasHeader,
    identifierColumn: mostIdentifiers(counts),
    columns: counts.map((c, index) => ({
      index,
      name: (hasHeader && cleanValue(first[index] ?? '').slice(0, MAX_SAMPLE)) || `Column ${index + 1}`,
      samples: c.samples,
      ids: c.ids,
      emails: c.emails,
    })),
  };
}
