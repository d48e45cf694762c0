import { LISTED_IDS } from '../../api-limits.ts';
import { parseApiTime } from '../../api-time.ts';
import type { UserActivity } from '../ports.ts';
import type { Again } from './again.ts';
import { isReturn, TIMES_STRAIGHT_BACK, type ReplayedKeepOut, type Watched } from './replay.ts';
import { pauseOf, type Pause } from './pauses.ts';
import type { KeepOutBody } from './records.ts';

/** One look: who is due, then everybody, a hundred a call. Whoever has a newer token is revoked at once. */
export function createLook(options: {
  readonly replay: ReplayedKeepOut;
  readonly ask: (users: readonly Watched[], signal: AbortSignal) => Promise<readonly UserActivity[]>;
  /** @returns whether it stands in the journal. */
  readonly write: (body: KeepOutBody) => Promise<boolean>;
  readonly again: Pick<Again, 'revoke'>;
  readonly pauseFor: (pause: Pause) => void;
  readonly onChange: () => void;
}): (signal: AbortSignal) => Promise<void> {
  const { replay, ask, write, again, pauseFor, onChange } = options;
  /** The newest time known of a user who has not come back. Not evidence: after a crash it is asked anew. */
  const known = new Map<number, string>();

  /** @returns false when the look has to end here. */
  const noteReturn = async (user: Watched, issuedAt: string, signal: AbortSignal): Promise<boolean> => {
    const { index, userId } = user;
    if (!(await write({ type: 'return', index, userId, issuedAt }))) return false;
    const now = replay.users[index] ?? user;
    if (now.straightBack >= TIMES_STRAIGHT_BACK && !now.byItself)
      if (!(await write({ type: 'by-itself', index, userId }))) return false;
    onChange();
    return again.revoke(now, signal);
  };

  const isNew = (user: Watched, issued: string): boolean => {
    const before = known.get(user.index);
    // Told as later than before is later, whatever this computer's clock says.
    const fresh =
      user.issuedAt === null && before !== undefined
        ? isReturn({ newerThan: before }, issued)
        : isReturn(user, issued);
    if (!fresh) known.set(user.index, issued);
    return fresh;
  };

  /** @returns users without a known time, or null when the look has to end here. */
  const lookAt = async (batch: readonly Watched[], signal: AbortSignal): Promise<number | null> => {
    let found;
    try {
      found = await ask(batch, signal);
    } catch (error) {
      if (!signal.aborted) pauseFor(pauseOf(error));
      return null;
    }
    const issuedOf = new Map(found.map(({ id, lastTokenIssued }) => [id.toLowerCase(), lastTokenIssued]));
    let unknown = 0;
    for (const user of batch) {
      const issued = issuedOf.get(user.userId.toLowerCase()) ?? null;
      if (issued === null || Number.isNaN(parseApiTime(issued))) unknown += 1;
      else if (isNew(user, issued) && !(await noteReturn(user, issued, signal))) return null;
    }
    return signal.aborted ? null : unknown;
  };

  return async (signal) => {
    for (const user of replay.users.filter(({ due }) => due)) if (!(await again.revoke(user, signal))) return;
    let unknown = 0;
    let calls = 0;
    const users = replay.users.filter(({ leftAlone }) => !leftAlone);
    for (let from = 0; from < users.length; from += LISTED_IDS) {
      const without = await lookAt(users.slice(from, from + LISTED_IDS), signal);
      if (without === null) return;
      unknown += without;
      calls += 1;
    }
    if (await write({ type: 'look', calls, unknown })) onChange();
  };
}
