import type { KeepOutKey } from '../../../shared/keep-out.ts';
import type { HeaderBody } from '../journal/records.ts';
import { ownerFieldsOf } from '../owner.ts';
import type { RevocationSession } from '../ports.ts';
import type { ToKeepOut } from './agreeing.ts';
import { KEEP_OUT_VERSION, type KeepOutBody, type KeepOutHeader } from './records.ts';

/** What a journal of keeping out begins with: whose it is, and everybody who is kept out. */
export function firstRecords(
  key: KeepOutKey,
  run: Pick<HeaderBody, 'reason' | 'ticket'> | null,
  users: readonly ToKeepOut[],
  session: RevocationSession,
  until: string | null,
  appVersion: string,
): readonly KeepOutBody[] {
  const { runId, keepOutId } = key;
  const { reason = '', ticket = '' } = run ?? {};
  const header: KeepOutHeader = {
    ...{ type: 'header', v: KEEP_OUT_VERSION, keepOutId, users: users.length, until },
    ...ownerFieldsOf(session, { runId, appVersion, reason, ticket }),
  };
  return [
    header,
    ...users.map(({ userId, name, since }, index) => ({ type: 'user' as const, index, userId, name, since })),
  ];
}
