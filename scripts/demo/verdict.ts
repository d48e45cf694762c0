import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Org } from '../../src/simulator/org/org.ts';
import { disagreements, tally, type Fate } from './agreement.ts';
import { expectedRows, reportRows } from './lists.ts';
import type { Narrator } from './narrator.ts';
import type { Server } from './server.ts';

/** Sentences printed at most; the rest is counted. */
const MOST_SHOWN = 20;

const FATE_WORDS: Readonly<Record<Fate, string>> = {
  revoked: 'revoked',
  yourself: 'the administrator',
  duplicate: 'listed twice',
  'not-found': 'unknown',
  ambiguous: 'ambiguous',
  deleted: 'deleted',
};

interface Files {
  readonly list: string;
  readonly report: string;
}

interface TimeoutCheck {
  readonly before: Readonly<Record<string, unknown>>;
  /** What the tour set through the window. */
  readonly set: Readonly<Record<string, unknown>>;
}

/**
 * Holds what the app reported against what the server did.
 * @returns true when they agree, user by user; otherwise everything that does not has been said.
 */
export async function verdict(
  { server, narrator }: { readonly server: Server; readonly narrator: Narrator },
  org: Org,
  files: Files,
  timeout: TimeoutCheck,
): Promise<boolean> {
  const administrator = org.user(0).id;
  const expected = expectedRows(await readFile(files.list, 'utf8'), org, administrator);
  const rows = reportRows(await readFile(files.report, 'utf8'));
  const nameOf = (userId: string): string => org.byId(userId)?.email ?? userId;
  const { revocations, rateLimited } = await server.ledger();
  const found = [...disagreements({ expected, report: rows, revocations, administrator, nameOf })];

  const now = await server.idleTimeout();
  const wanted = { ...timeout.before, ...timeout.set };
  if (!isDeepStrictEqual(now, wanted))
    found.push(
      `The idle timeout should be ${JSON.stringify(wanted)}; the server has ${JSON.stringify(now)}.`,
    );

  const counts = tally(rows).map(({ fate, rows: count }) => `${count} ${FATE_WORDS[fate]}`);
  narrator.say(`The report: ${rows.length} rows: ${counts.join(', ')}.`);
  narrator.say(
    `The server: ${Object.keys(revocations).length} users revoked, ${rateLimited.length} calls refused for the rate limit.`,
  );
  narrator.say(`The server’s idle timeout: ${String(now['idleTokenTimeoutSeconds'])} seconds.`);
  for (const sentence of found.slice(0, MOST_SHOWN)) narrator.say(`✗ ${sentence}`);
  if (found.length > MOST_SHOWN) narrator.say(`✗ and ${found.length - MOST_SHOWN} more.`);
  return found.length === 0;
}
