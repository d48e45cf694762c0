import { expect, it } from 'vitest';
import { createManualClock } from '../../testing/manual-clock.ts';
import { JOURNAL_START, readChain } from '../journal/reader.ts';
import { createChainWriter } from '../journal/writer.ts';
import { createFakeOrg, fakeUser, userId } from '../testing/fake-org.ts';
import { createMemoryJournal } from '../testing/memory-journal.ts';
import { Keeper } from './keeper.ts';
import { keepOutRecords, type KeepOutBody } from './records.ts';
import { KeepOutReplay } from './replay.ts';

it('stopped while what a full disk did not take is being written, it writes that once', async () => {
  const clock = createManualClock();
  const since = new Date(clock.now()).toISOString();
  const after = new Date(clock.now() + 5_000).toISOString();
  const disk = createMemoryJournal();
  const before = { ...disk };
  let slow = false;
  Object.assign(disk, {
    append: async (bytes: Uint8Array) => {
      if (slow) await clock.sleep(20);
      await before.append(bytes);
    },
  });
  const replay = new KeepOutReplay();
  const { session } = createFakeOrg({
    ...{ users: [fakeUser(0)], clock, latencyMs: () => 1_000, tokens: new Map([[userId(0), after]]) },
  });
  const encode = keepOutRecords.encode;
  const journal = createChainWriter<KeepOutBody>(disk, JOURNAL_START, clock, () => undefined, encode);
  const keeper = new Keeper({
    ...{ replay, journal, session, until: null, clock, random: () => 0.5, onChange: () => undefined },
  });
  const about = { keepOutId: 'k', runId: 'run', appVersion: '0', connectionId: 'c', connectionLabel: 'Test' };
  const whose = {
    region: 'eu-central-1',
    orgId: 'o',
    orgName: 'Aurora',
    operator: { userId: null, name: 'O' },
  };
  await keeper.start('started', [
    { type: 'header', v: 1, ...about, ...whose, reason: '', ticket: '', users: 1, until: null },
    { type: 'user', index: 0, userId: userId(0), name: null, since },
  ]);
  await clock.advance(500); // the user is back, and the call is under way
  disk.breakAfter(0);
  await clock.advance(1_000);
  expect(keeper.state).toMatchObject({ reason: 'journal-not-writable' });
  disk.heal();
  slow = true;
  keeper.continue(session).catch(() => undefined);
  await clock.advance(10);
  keeper.stop('Stopped by the operator');
  await clock.runUntil(keeper.ended);

  const types: string[] = [];
  await readChain([disk.bytes()], keepOutRecords.decode, ({ type }) => types.push(type));
  expect(types.filter((type) => type === 'outcome')).toHaveLength(1);
  expect(replay.revoked).toBe(1);
  expect(replay.state.kind).toBe('cancelled');
});
