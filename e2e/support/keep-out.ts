import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Simulator } from '../../src/simulator/index.ts';

/** Revocations of a user as the server has them. */
export const endedOf = (simulator: Simulator, userId: string) => simulator.ledger().revocations[userId] ?? [];

/** The lines of the journal of keeping out of the newest run that has one; none without. */
export async function keepOutJournal(profile: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const runs = join(profile, 'runs');
  // Their names begin with the time.
  for (const run of (await readdir(runs)).sort().reverse()) {
    const [id] = await readdir(join(runs, run, 'keep-out')).catch(() => []);
    if (id === undefined) continue;
    const text = await readFile(join(runs, run, 'keep-out', id, 'journal.jsonl'), 'utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  }
  return [];
}

/** While that is waited for, the user's session renews its sign-in as soon as it is ended, as an SSO session does. */
export async function signInAgainAndAgain(
  simulator: Simulator,
  userId: string,
  meanwhile: () => Promise<void>,
): Promise<void> {
  let renewed = endedOf(simulator, userId).length;
  simulator.issueToken(userId);
  const renewing = setInterval(() => {
    const ended = endedOf(simulator, userId).length;
    if (ended > renewed) simulator.issueToken(userId);
    renewed = ended;
  }, 10);
  try {
    await meanwhile();
  } finally {
    clearInterval(renewing);
  }
}
