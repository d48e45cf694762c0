import { setImmediate as turn } from 'node:timers/promises';
import type { ListPreview, ListProgress } from '../../../shared/list.ts';
import type { Clock } from '../../clock.ts';
import { failure } from '../../failure.ts';
import { shortId } from '../../short-id.ts';
import { MAX_LIST_BYTES } from './decode.ts';
import { cleanValue } from './clean.ts';
import { type Identifier } from './identify.ts';
import { MAX_KEPT_BYTES, sizeOf, unpackRow } from './packed.ts';
import type { ListJob, ReadList } from './read-list.ts';
import { readRow, type RowReader } from './rows.ts';
import type { ListReader } from './worker-reader.ts';
import { isWorkbook } from './workbook.ts';

/** Lists kept for planning; an older one has to be opened again. */
const MAX_LISTS = 20;

/** Rows read before other work gets its turn: about 20 ms. */
const CHUNK = 2_000;

/** Nothing is shown of a reading that is over by then, ms; after it, news come at most this often. */
const PROGRESS_AFTER_MS = 500;
const PROGRESS_EVERY_MS = 200;

export interface Lists {
  /**
   * @param parent the run whose users it takes up again.
   * @throws AppFailure `file-too-large`, `file-unreadable`, `nothing-selected` for an empty list, `cancelled`.
   */
  fromText(text: string, name?: string, parent?: string): Promise<ListPreview>;
  /** Text in any encoding, or a workbook. @throws as `fromText`. */
  fromBytes(name: string, bytes: Uint8Array): Promise<ListPreview>;
  /** Another sheet of the same workbook, as a list of its own. @throws AppFailure `no-such-item`, and as `fromText`. */
  fromSheet(listId: string, sheet: number): Promise<ListPreview>;
  /** Ends a reading that is going on; it throws `cancelled`. */
  cancel(): void;
  /**
   * Whom the rows of a list name, by one of its columns: at least one entry a row.
   * @param details other columns whose values come along. @throws AppFailure `no-such-item`.
   */
  identifiers(listId: string, column: number, details?: readonly number[]): Promise<readonly Identifier[]>;
  /** Name for people. @throws AppFailure `no-such-item`. */
  nameOf(listId: string): string;
  /** The run whose users it takes up again; null for any other list. */
  parentOf(listId: string): string | null;
}

interface KeptList {
  readonly preview: ListPreview;
  readonly rows: ReadList['rows'];
  /** Of a workbook, for its other sheets. */
  readonly workbook: Uint8Array | null;
  readonly parent: string | null;
}

interface ListsDeps {
  /** 0 to 1, for ids. */
  readonly random: () => number;
  readonly read: ListReader;
  readonly clock: Clock;
  readonly onProgress: (progress: ListProgress) => void;
}

/** Keeps the lists that somebody pasted or opened, in memory. One is read at a time: a new one ends the one before. */
export function createLists({ random, read, clock, onProgress }: ListsDeps): Lists {
  const kept = new Map<string, KeptList>();
  let reading = new AbortController();

  const readNow = async (job: ListJob): Promise<ReadList> => {
    reading.abort();
    const mine = new AbortController();
    reading = mine;
    const begun = clock.now();
    const told: number[] = [];
    try {
      return await read(job, mine.signal, (share) => {
        const now = clock.now();
        if (
          mine.signal.aborted ||
          now - begun < PROGRESS_AFTER_MS ||
          now - (told.at(-1) ?? 0) < PROGRESS_EVERY_MS
        )
          return;
        told.push(now);
        onProgress({ share });
      });
    } finally {
      if (told.length > 0) onProgress({ share: null });
    }
  };

  const keep = (
    name: string,
    { preview, rows }: ReadList,
    { workbook = null, parent = null }: Partial<Pick<KeptList, 'workbook' | 'parent'>> = {},
  ): ListPreview => {
    const whole: ListPreview = {
      ...preview,
      listId: shortId(random),
      name: cleanValue(name).slice(0, 200) || 'List',
    };
    kept.set(whole.listId, { preview: whole, rows, workbook, parent });
    for (const oldest of kept.keys()) {
      if (kept.size <= 1 || (kept.size <= MAX_LISTS && keptBytes() <= MAX_KEPT_BYTES)) break;
      kept.delete(oldest);
    }
    return whole;
  };
  const keptBytes = (): number => {
    // A workbook is kept once, however many of its sheets are.
    const workbooks = new Set([...kept.values()].map(({ workbook }) => workbook));
    let bytes = 0;
    for (const { rows } of kept.values()) bytes += sizeOf(rows);
    for (const workbook of workbooks) bytes += workbook?.byteLength ?? 0;
    return bytes;
  };

  const find = (listId: string): KeptList => {
    const list = kept.get(listId);
    if (!list) throw failure('no-such-item', 'This list is no longer open. Open it again.');
    return list;
  };

  return {
    fromText: async (text, name = 'Pasted list', parent) => {
      if (text.length > MAX_LIST_BYTES) throw failure('file-too-large', 'The list is larger than 20 MB.');
      return keep(name, await readNow({ kind: 'text', text }), parent === undefined ? {} : { parent });
    },
    fromBytes: async (name, bytes) => {
      if (bytes.length > MAX_LIST_BYTES) throw failure('file-too-large', 'The list is larger than 20 MB.');
      const list = await readNow({ kind: 'bytes', bytes, sheet: null });
      return keep(name, list, isWorkbook(bytes) ? { workbook: bytes } : {});
    },
    fromSheet: async (listId, sheet) => {
      const { workbook, preview } = find(listId);
      if (!workbook || !preview.sheets[sheet]) throw failure('no-such-item', 'The list has no such sheet.');
      return keep(preview.name, await readNow({ kind: 'bytes', bytes: workbook, sheet }), { workbook });
    },
    cancel: () => {
      reading.abort();
    },
    identifiers: async (listId, column, details = []) => {
      const { preview, rows } = find(listId);
      const { columns, hasHeader } = preview;
      if (!columns[column]) throw failure('no-such-item', 'The list has no such column.');
      const reader: RowReader = {
        columns,
        hasHeader,
        column,
        details: details.filter((index) => columns[index]),
      };
      const found: Identifier[] = [];
      for (let n = 0; n < preview.rows; n += 1) {
        for (const one of readRow(unpackRow(rows, n), reader)) found.push(one);
        if (n % CHUNK === CHUNK - 1) await turn();
      }
      return found;
    },
    nameOf: (listId) => find(listId).preview.name,
    parentOf: (listId) => kept.get(listId)?.parent ?? null,
  };
}
