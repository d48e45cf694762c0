import { z } from 'zod';
import type { Connection } from '../../shared/connection.ts';
import { openJsonFile, type JsonFile } from '../files/json-file.ts';

const region = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('genesys'), id: z.string() }),
  z.object({ kind: z.literal('custom'), apiBase: z.string(), loginBase: z.string() }),
  z.object({ kind: z.literal('demo') }),
]);

/** Plain objects, so that a field which does not belong here, a secret for one, is dropped and never written back. */
const connection: z.ZodType<Connection> = z.object({
  id: z.string().min(1),
  label: z.string(),
  method: z.enum(['demo', 'client-credentials', 'pkce', 'access-token']),
  region,
  clientId: z.string().nullable(),
  organization: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.string(),
  tokenExpiresAt: z.iso.datetime().exactOptional(),
});

const schema = z.object({ version: z.literal(1), connections: z.array(connection) });

export type ConnectionsFile = JsonFile<z.infer<typeof schema>>;

/**
 * The connections' metadata; never a secret. `notice` is a sentence for the person when the file could not be read and
 * was kept under another name.
 */
export function openConnectionsFile(
  path: string,
  now: () => number,
): Promise<{ readonly file: ConnectionsFile; readonly notice: string | null }> {
  return openJsonFile({ path, schema, fallback: { version: 1, connections: [] }, now });
}
