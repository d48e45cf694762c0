import { z } from 'zod';
import { openJsonFile, type JsonFile } from '../files/json-file.ts';
import { rawTimeout } from '../genesys/timeout-value.ts';

const entry = z.object({
  id: z.string().min(1),
  how: z.enum(['read', 'written']),
  at: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  operator: z.object({ userId: z.string().nullable(), name: z.string() }),
  value: rawTimeout,
});

const schema = z.object({ version: z.literal(1), entries: z.array(entry) });

/** A value as it is kept: the whole object as the API had it. Oldest first in the file. */
export type KeptEntry = z.infer<typeof entry>;

export type HistoryFile = JsonFile<z.infer<typeof schema>>;

/** Reads the file, or begins one. @returns what to tell the person where it could not be read. */
export function openHistoryFile(
  path: string,
  now: () => number,
): Promise<{ readonly file: HistoryFile; readonly notice: string | null }> {
  return openJsonFile({ path, schema, fallback: { version: 1, entries: [] }, now });
}
