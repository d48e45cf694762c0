import type { Clock } from '../clock.ts';
import type { Handlers } from '../consent/calls.ts';
import { ask, done } from '../consent/consent.ts';
import { timeoutDialog } from '../consent/dialogs/timeout.ts';
import { notSignedIn } from '../failure.ts';
import type { SaveExport } from '../files/export-file.ts';
import { firstGroups, groupMembers, groupsByIds, searchGroups } from '../genesys/groups.ts';
import { findUsers, userWithGroups } from '../genesys/people.ts';
import { compareTimeout, readTimeout, saveTimeout, type TimeoutObserver } from '../genesys/timeout.ts';
import { createNewest } from './newest.ts';
import type { Session } from '../session/session.ts';
import type { Observed, TimeoutHistoryStore } from '../timeout-history/history.ts';

interface TimeoutCallDeps {
  readonly session: Pick<Session, 'client' | 'api'>;
  readonly history: TimeoutHistoryStore;
  readonly clock: Clock;
  readonly saveExport: SaveExport;
  readonly warn: (message: string) => void;
}

type TimeoutCalls = Pick<
  Handlers,
  Extract<keyof Handlers, `timeout.${string}` | `users.${string}` | `groups.${string}`>
>;

/** Longest that one of these calls may take, retries included, ms. */
const CALL_LIMIT_MS = 120_000;

/** The calls about the idle timeout and its history. */
export function timeoutCalls({ session, history, clock, saveExport, warn }: TimeoutCallDeps): TimeoutCalls {
  const limit = (): AbortSignal => AbortSignal.timeout(CALL_LIMIT_MS);
  /** Why the history may lack a value, since the start. */
  let unkept: string | null = null;

  const here = (): Observed & { readonly organization: string } => {
    const active = session.api();
    if (!active) throw notSignedIn();
    const { connection, operator } = active;
    return { connectionId: connection.id, operator, organization: connection.organization.name };
  };

  /** Keeps a value if that can be done. */
  const keep = async (...entry: Parameters<TimeoutHistoryStore['record']>): Promise<void> => {
    try {
      await history.record(...entry);
    } catch (error) {
      unkept = `The latest value could not be kept in the history. ${error instanceof Error ? error.message : ''}`;
      warn(unkept);
    }
  };

  const reader = (by: Observed): TimeoutObserver => ({
    read: (value) => keep(by, 'read', value),
    written: (value) => keep(by, 'written', value),
  });
  /** What cannot be kept cannot be restored, so it is not overwritten either. */
  const saver = (by: Observed): TimeoutObserver => ({
    ...reader(by),
    read: (value) => history.record(by, 'read', value),
  });

  const [typedUser, typedGroup] = [createNewest(), createNewest()];
  return {
    'timeout.read': () => readTimeout(session.client(), clock, limit(), reader(here())),
    'timeout.save': async ({ change, expected, restore }) => {
      const by = here();
      const client = session.client();
      const active = session.api();
      const restored = restore === undefined ? undefined : await history.value(by.connectionId, restore);
      const found = await compareTimeout(client, clock, { change, expected }, limit(), reader(by));
      if (found.kind === 'changed-meanwhile') return done(found);
      if (!active) throw notSignedIn();
      return ask({
        dialog: timeoutDialog(active.connection, found.current, change, restored !== undefined),
        holds: () => session.api() === active,
        // Reads once more, and sends nothing when it is no longer what the dialog said.
        act: () => saveTimeout(client, clock, { change, expected, restored }, limit(), saver(by)),
      });
    },
    'timeout.history': async () => {
      const { entries, notice } = await history.list(here().connectionId);
      return { entries, notice: unkept ?? notice };
    },
    'timeout.exportHistory': async () => {
      const { connectionId, organization } = here();
      const json = await history.exportJson(connectionId, { organization });
      return saveExport('tokendesk-idle-timeout-history.json', () => json);
    },
    'timeout.user': ({ userId }) => userWithGroups(session.client(), userId, limit()),
    'users.find': ({ text }) => typedUser((signal) => findUsers(session.client(), text, signal), limit()),
    'groups.search': ({ text }) =>
      typedGroup(
        (signal) =>
          text === '' ? firstGroups(session.client(), signal) : searchGroups(session.client(), text, signal),
        limit(),
      ),
    'groups.byIds': ({ ids }) => groupsByIds(session.client(), ids, limit()),
    'groups.members': ({ groupId }) => groupMembers(session.client(), groupId, limit()),
  };
}
