import { z } from 'zod';
import type { Connection } from '../../shared/connection.ts';
import { openJsonFile, type JsonFile } from '../files/json-file.ts';

const region = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('genesys'), id: z.string().max(100) }),
  z.object({ kind: z.literal('custom'), apiBase: z.string().max(300), loginBase: z.string().max(300) }),
  z.object({ kind: z.literal('demo') }),
]);

/** Plain objects, so that a field which does not belong here, a secret for one, is dropped and never written back. */
const connection: z.ZodType<Connection> = z.object({
  id: z.string().min(1).max(200),
  label: z.string().max(1_000),
  method: z.enum(['demo', 'client-credentials', 'pkce', 'access-token']),
  region,
  clientId: z.string().max(200).nullable(),
  organization: z.object({ id: z.string().max(200), name: z.string().max(1_000) }),
  createdAt: z.string().max(100),
  tokenExpiresAt: z.iso.datetime().exactOptional(),
});

/** More than anybody has. */
const MAX_CONNECTIONS = 1_000;

const schema = z.object({ version: z.literal(1), connections: z.array(connection).max(MAX_CONNECTIONS) });

/** Each connection by itself: one that cannot be read costs no other. */
function salvage(
  json: unknown,
): { readonly value: z.infer<typeof schema>; readonly lost: readonly string[] } | null {
  const file = z
    .object({ version: z.literal(1), connections: z.array(z.unknown()).max(MAX_CONNECTIONS) })
    .safeParse(json);
  if (!file.success) return null;
  const lost: string[] = [];
  const connections = file.data.connections.flatMap((entry, at) => {
    const read = connection.safeParse(entry);
    if (!read.success) lost.push(`connection ${at + 1}`);
    return read.success ? [read.data] : [];
  });
  return { value: { version: 1, connections }, lost };
}

export type ConnectionsFile = JsonFile<z.infer<typeof schema>>;

/**
 * The connections' metadata; never a secret. `notice` is a sentence for the person when the file could not be read and
 * was kept under another name.
 */
export function openConnectionsFile(
  path: string,
  now: () => number,
): Promise<{ readonly file: ConnectionsFile; readonly notice: string | null }> {
  return openJsonFile({ path, schema, fallback: { version: 1, connections: [] }, now, salvage });
}
