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
export class Lists {
  readonly #deps: ListsDeps;
  readonly #kept = new Map<string, KeptList>();
  #reading = new AbortController();

  constructor(deps: ListsDeps) {
    this.#deps = deps;
  }

  /**
   * @param parent the run whose users it takes up again.
   * @throws AppFailure `file-too-large`, `file-unreadable`, `nothing-selected` for an empty list, `cancelled`.
   */
  async fromText(text: string, name = 'Pasted list', parent: string | null = null): Promise<ListPreview> {
    checkSize(text);
    return this.#keep(name, await this.#read({ kind: 'text', text }), { parent });
  }

  /** Text in any encoding, or a workbook. @throws as `fromText`. */
  async fromBytes(name: string, bytes: Uint8Array): Promise<ListPreview> {
    checkSize(bytes);
    const list = await this.#read({ kind: 'bytes', bytes, sheet: null });
    return this.#keep(name, list, { workbook: isWorkbook(bytes) ? bytes : null });
  }

  /** Another sheet of the same workbook, as a list of its own. @throws AppFailure `no-such-item`, and as `fromText`. */
  async fromSheet(listId: string, sheet: number): Promise<ListPreview> {
    const { workbook, preview } = this.#find(listId);
    if (!workbook || !preview.sheets[sheet]) throw failure('no-such-item', 'The list has no such sheet.');
    const list = await this.#read({ kind: 'bytes', bytes: workbook, sheet });
    return this.#keep(preview.name, list, { workbook });
  }

  /** Ends a reading that is going on; it throws `cancelled`. */
  cancel(): void {
    this.#reading.abort();
  }

  /**
   * Whom the rows of a list name, by one of its columns: at least one entry a row.
   * @param details other columns whose values come along. @throws AppFailure `no-such-item`.
   */
  async identifiers(
    listId: string,
    column: number,
    details: readonly number[] = [],
  ): Promise<readonly Identifier[]> {
    const { preview, rows } = this.#find(listId);
    const { columns, hasHeader } = preview;
    if (!columns[column]) throw failure('no-such-item', 'The list has no such column.');
    const known = details.filter((index) => columns[index]);
    const reader: RowReader = { columns, hasHeader, column, details: known };
    const found: Identifier[] = [];
    for (let n = 0; n < preview.rows; n += 1) {
      for (const identifier of readRow(unpackRow(rows, n), reader)) found.push(identifier);
      if (n % CHUNK === CHUNK - 1) await turn();
    }
    return found;
  }

  /** Name for people. @throws AppFailure `no-such-item`. */
  nameOf(listId: string): string {
    return this.#find(listId).preview.name;
  }

  /** The run whose users it takes up again; null for any other list. */
  parentOf(listId: string): string | null {
    return this.#kept.get(listId)?.parent ?? null;
  }

  async #read(job: ListJob): Promise<ReadList> {
    const { read, clock, onProgress } = this.#deps;
    this.#reading.abort();
    const controller = new AbortController();
    this.#reading = controller;
    const begun = clock.now();
    const told: number[] = [];
    try {
      return await read(job, controller.signal, (share) => {
        const now = clock.now();
        const tooEarly = now - begun < PROGRESS_AFTER_MS || now - (told.at(-1) ?? 0) < PROGRESS_EVERY_MS;
        if (controller.signal.aborted || tooEarly) return;
        told.push(now);
        onProgress({ share });
      });
    } finally {
      if (told.length > 0) onProgress({ share: null });
    }
  }

  #keep(
    name: string,
    { preview, rows }: ReadList,
    { workbook = null, parent = null }: Partial<Pick<KeptList, 'workbook' | 'parent'>>,
  ): ListPreview {
    const listId = shortId(this.#deps.random);
    const whole: ListPreview = { ...preview, listId, name: cleanValue(name).slice(0, 200) || 'List' };
    const kept = this.#kept;
    kept.set(listId, { preview: whole, rows, workbook, parent });
    for (const oldest of kept.keys()) {
      if (kept.size <= 1 || (kept.size <= MAX_LISTS && this.#keptBytes() <= MAX_KEPT_BYTES)) break;
      kept.delete(oldest);
    }
    return whole;
  }

  #keptBytes(): number {
    const lists = [...this.#kept.values()];
    // A workbook is kept once, however many of its sheets are.
    const workbooks = new Set(lists.map(({ workbook }) => workbook));
    let bytes = 0;
    for (const { rows } of lists) bytes += sizeOf(rows);
    for (const workbook of workbooks) bytes += workbook?.byteLength ?? 0;
    return bytes;
  }

  #find(listId: string): KeptList {
    const list = this.#kept.get(listId);
    if (!list) throw failure('no-such-item', 'This list is no longer open. Open it again.');
    return list;
  }
}

function checkSize({ length }: string | Uint8Array): void {
  if (length > MAX_LIST_BYTES) throw failure('file-too-large', 'The list is larger than 20 MB.');
}
