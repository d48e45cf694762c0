import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { TimeoutHistory, TimeoutHistoryEntry } from '../../shared/timeout.ts';
import { failure, reasonOf } from '../failure.ts';
import { PRIVATE_FOLDER } from '../files/replace-file.ts';
import { toIdleTimeout, type RawTimeout } from '../genesys/timeout-value.ts';
import { createSequence } from '../in-sequence.ts';
import { openHistoryFile, type HistoryFile, type KeptEntry } from './history-file.ts';

interface HistoryDeps {
  /** One small file per connection goes in here. */
  readonly folder: string;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Who was signed in, and where. */
export interface Observed {
  readonly connectionId: string;
  readonly operator: { readonly userId: string | null; readonly name: string };
}

/** Every value of the idle timeout that this app has read from an org or written to it. */
export interface TimeoutHistoryStore {
  /**
   * Keeps a value. One that equals the latest only moves the time at which it was last seen.
   * @throws AppFailure `file-not-writable`
   */
  record(by: Observed, how: KeptEntry['how'], value: RawTimeout): Promise<void>;
  list(connectionId: string): Promise<TimeoutHistory>;
  /** The whole object, as the API had it. @throws AppFailure `no-such-item` */
  value(connectionId: string, entryId: string): Promise<RawTimeout>;
  /** Everything that is kept, as JSON for a file. */
  exportJson(connectionId: string, about: { readonly organization: string }): Promise<string>;
  /** The connection is gone. */
  forget(connectionId: string): Promise<void>;
}

/** A value a day for a year, when it changes that often; the oldest go first. */
const MAX_ENTRIES = 366;
/** Five bundles of a thousand groups are 200 KB, so that even such values leave a history. */
const MAX_CHARS = 4_000_000;

/** @param deps.newId gives each value the id that it is restored by. */
export function createTimeoutHistory({ folder, now, newId }: HistoryDeps): TimeoutHistoryStore {
  const opened = new Map<string, Promise<{ file: HistoryFile; notice: string | null }>>();
  /** Reading, adding and writing back go together: one after the other. */
  const inTurn = createSequence();

  function pathOf(connectionId: string): string {
    // It becomes part of a file's name.
    if (!/^[\w-]{1,100}$/.test(connectionId)) throw new Error('This is no id of a connection.');
    return join(folder, `${connectionId}.json`);
  }

  function open(connectionId: string): Promise<{ file: HistoryFile; notice: string | null }> {
    const known = opened.get(connectionId);
    if (known) return known;
    const opening = openHistoryFile(pathOf(connectionId), now);
    opened.set(connectionId, opening);
    opening.catch(() => opened.delete(connectionId));
    return opening;
  }

  async function record(by: Observed, how: KeptEntry['how'], value: RawTimeout): Promise<void> {
    try {
      const { file } = await open(by.connectionId);
      await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
      const at = new Date(now()).toISOString();
      const { entries } = file.value;
      const last = entries.at(-1);
      const next =
        last && isDeepStrictEqual(last.value, value)
          ? [...entries.slice(0, -1), { ...last, lastSeenAt: at }]
          : [...entries, { id: newId(), how, at, lastSeenAt: at, operator: by.operator, value }];
      await file.replace({ version: 1, entries: withinBounds(next) });
    } catch (error) {
      throw failure('file-not-writable', `The history of the idle timeout: ${reasonOf(error)}`);
    }
  }

  return {
    record: (by, how, value) => inTurn(() => record(by, how, value)),
    list: (connectionId) =>
      inTurn(async () => {
        const { file, notice } = await open(connectionId);
        return { entries: file.value.entries.toReversed().map(toEntry), notice };
      }),
    value: (connectionId, entryId) =>
      inTurn(async () => {
        const { file } = await open(connectionId);
        const entry = file.value.entries.find(({ id }) => id === entryId);
        if (entry) return entry.value;
        throw failure('no-such-item', 'The history has no such value any more.');
      }),
    exportJson: (connectionId, about) =>
      inTurn(async () => {
        const { file } = await open(connectionId);
        const exported = {
          format: 'tokendesk-idle-timeout-history',
          version: 1,
          exportedAt: new Date(now()).toISOString(),
          ...about,
          entries: file.value.entries,
        };
        return `${JSON.stringify(exported, null, 2)}\n`;
      }),
    forget: (connectionId) =>
      inTurn(async () => {
        opened.delete(connectionId);
        await rm(pathOf(connectionId), { force: true });
      }),
  };
}

const toEntry = ({ id, how, at, lastSeenAt, operator, value }: KeptEntry): TimeoutHistoryEntry => ({
  id,
  how,
  at,
  lastSeenAt,
  operator: operator.name,
  value: toIdleTimeout(value, at),
});

/** The newest entries that fit; always at least the newest two, which undo needs. */
function withinBounds(entries: readonly KeptEntry[]): KeptEntry[] {
  let chars = 0;
  const kept = entries
    .slice(-MAX_ENTRIES)
    .toReversed()
    .filter(({ value }, at) => {
      chars += JSON.stringify(value).length;
      return at < 2 || chars <= MAX_CHARS;
    });
  return kept.reverse();
}
