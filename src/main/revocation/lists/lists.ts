import type { ListPreview } from '../../../shared/plan.ts';
import { failure } from '../../failure.ts';
import { shortId } from '../short-id.ts';
import { describeColumns } from './columns.ts';
import { decodeList, MAX_LIST_BYTES } from './decode.ts';
import { cleanValue, identify, type Identifier } from './identify.ts';
import { parseList, type ParsedList } from './parse.ts';

/** Lists kept for planning; an older one has to be opened again. */
const MAX_LISTS = 20;

export interface Lists {
  /** @throws AppFailure `file-too-large`, `nothing-selected` for an empty list. */
  fromText(text: string, name?: string): ListPreview;
  /** @throws AppFailure `file-too-large`, `file-unreadable`, `nothing-selected` for an empty list. */
  fromBytes(name: string, bytes: Uint8Array): ListPreview;
  /** The values of one column, without empty ones. @throws AppFailure `no-such-item`. */
  identifiers(listId: string, column: number): readonly Identifier[];
  /** Name for people. @throws AppFailure `no-such-item`. */
  nameOf(listId: string): string;
}

interface KeptList {
  readonly preview: ListPreview;
  readonly rows: ParsedList['rows'];
}

/** Keeps the lists that somebody pasted or opened, in memory. @param random 0 to 1, for ids. */
export function createLists(random: () => number): Lists {
  const kept = new Map<string, KeptList>();

  const keep = (name: string, text: string, encoding: ListPreview['encoding']): ListPreview => {
    const { delimiter, rows } = parseList(text);
    if (rows.length === 0) throw failure('nothing-selected', 'The list is empty.');
    const { hasHeader, columns, identifierColumn } = describeColumns(rows);
    const values = hasHeader ? rows.slice(1) : rows;
    const preview: ListPreview = {
      listId: shortId(random),
      name: cleanValue(name).slice(0, 200) || 'List',
      encoding,
      delimiter,
      hasHeader,
      columns,
      identifierColumn,
      rows:
        identifierColumn === null
          ? 0
          : values.filter((row) => cleanValue(row[identifierColumn] ?? '') !== '').length,
    };
    kept.set(preview.listId, { preview, rows: values });
    const [oldest] = kept.keys();
    if (kept.size > MAX_LISTS && oldest !== undefined) kept.delete(oldest);
    return preview;
  };

  const find = (listId: string): KeptList => {
    const list = kept.get(listId);
    if (!list) throw failure('no-such-item', 'This list is no longer open. Open it again.');
    return list;
  };

  return {
    fromText: (text, name = 'Pasted list') => {
      if (text.length > MAX_LIST_BYTES) throw failure('file-too-large', 'The list is larger than 20 MB.');
      return keep(name, text.replace(/^\uFEFF/, ''), 'utf-8');
    },
    fromBytes: (name, bytes) => {
      const { text, encoding } = decodeList(bytes);
      return keep(name, text, encoding);
    },
    identifiers: (listId, column) => {
      const { preview, rows } = find(listId);
      if (!preview.columns[column]) throw failure('no-such-item', 'The list has no such column.');
      return rows.flatMap((row) => {
        const value = row[column] ?? '';
        return cleanValue(value) === '' ? [] : [identify(value)];
      });
    },
    nameOf: (listId) => find(listId).preview.name,
  };
}
