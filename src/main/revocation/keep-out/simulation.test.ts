import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure } from '../../failure.ts';
import { cases, PROOF_MS } from '../../hardening/scale.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { readChain } from '../journal/reader.ts';
import { createChainWriter } from '../journal/writer.ts';
import type { RevocationSession } from '../ports.ts';
import { answered, createFakeOrg, fakeUser, unclear, userId } from '../testing/fake-org.ts';
import { life, never } from '../testing/crashing-life.ts';
import { createMemoryJournal, type MemoryJournal } from '../testing/memory-journal.ts';
import { KeepOutReplay, type ReplayedKeepOut } from './replay.ts';
import { Keeper, LOOK_EVERY_MS } from './keeper.ts';
import { keepOutRecords, type KeepOutBody, type KeepOutHeader } from './records.ts';

const MINUTE = 60_000;

type Trouble = 'none' | 'lost' | 'failed' | 'offline' | 'too-many' | 'signed-out';
type LookTrouble = 'none' | 'offline' | 'failed' | 'signed-out';

/** The org: who has a token, since when, and who signs in again at which minute. */
function createServer(clock: ManualClock, users: number, signIns: readonly (readonly [number, number])[]) {
  const start = clock.now();
  // What was issued before the run that revoked them is known, and no return.
  const long = new Date(start - 60 * MINUTE).toISOString();
  const issued = new Map(Array.from({ length: users }, (_, n) => [userId(n), long]));
  const alive = new Set<string>();
  const everIssued = new Set<string>();
  const ended = new Map<string, number>();
  const later = signIns
    .map(([minute, n]) => ({ at: start + minute * MINUTE + 7_000, id: userId(n % users) }))
    .sort((a, b) => a.at - b.at);
  /** Whoever was to sign in by now has. */
  const catchUp = (): void => {
    while (later[0] && later[0].at <= clock.now()) {
      const { at, id } = later.shift()!;
      const iso = new Date(at).toISOString();
      issued.set(id, iso);
      alive.add(id);
      everIssued.add(`${id} ${iso}`);
    }
  };
  return {
    issued,
    alive,
    everIssued,
    ended,
    catchUp,
    end: (id: string) => {
      catchUp();
      alive.delete(id);
      ended.set(id, (ended.get(id) ?? 0) + 1);
    },
  };
}

async function readBack(disk: MemoryJournal) {
  const replay = new KeepOutReplay();
  const records: (KeepOutBody & { readonly at: string })[] = [];
  const end = await readChain([disk.bytes()], keepOutRecords.decode, (record) => {
    records.push(record);
    replay.add(record);
  });
  return { replay, records, ...end };
}

const headerOf = (users: number, until: string | null): KeepOutHeader => ({
  ...{ type: 'header', v: 1, keepOutId: 'k', runId: 'run', appVersion: '0', connectionId: 'connection-1' },
  ...{ connectionLabel: 'Test org', region: 'eu-central-1', orgId: 'org-1', orgName: 'Aurora Ltd' },
  ...{ operator: { userId: null, name: 'Olive' }, reason: '', ticket: '', users, until },
});

const lookFailures = {
  offline: failure('offline', 'No network'),
  failed: failure('server-failed', 'Service unavailable'),
  'signed-out': failure('signed-out', 'Expired'),
};

const told = ({ users, returns, revoked, looks }: ReplayedKeepOut) => ({
  ...{ returns, revoked, looks },
  users: users.map(({ seenAt: _seen, revokedAt: _revoked, ...user }) => user),
});

describe('keeping out through any trouble', () => {
  it(
    'revokes whoever comes back, and ledger and journal agree',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 8 }),
          fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.nat(7)), { maxLength: 20 }),
          fc.array(
            fc.constantFrom<Trouble>('none', 'none', 'lost', 'failed', 'offline', 'too-many', 'signed-out'),
            { maxLength: 20 },
          ),
          fc.array(fc.constantFrom<LookTrouble>('none', 'none', 'none', 'offline', 'failed', 'signed-out'), {
            maxLength: 20,
          }),
          fc.array(fc.integer({ min: 1, max: 6_000 }), { maxLength: 4 }),
          fc.array(fc.boolean(), { maxLength: 20 }),
          async (users, signIns, troubles, lookTroubles, crashes, diskTroubles) => {
            const clock = createManualClock();
            const disk = createMemoryJournal();
            const server = createServer(clock, users, signIns);
            const startedAt = new Date(clock.now()).toISOString();
            const until = new Date(clock.now() + 60 * MINUTE).toISOString();
            let calls = 0;
            let looks = 0;
            let writes = 0;
            let finished = false;
            for (const bytes of [...crashes, Infinity]) {
              if (finished) break;
              const before = await readBack(disk);
              expect(before.damage).toBeNull();
              const begun = before.replay.state.kind !== 'planned';
              if (!begun) await disk.recover(0); // never began: another is begun in its place
              const { replay } = begun ? before : { replay: new KeepOutReplay() };
              const tail = begun ? before.tail : { length: 0, seq: 0, prev: '0'.repeat(64) };
              let started = false;
              const app = life(clock, disk, bytes, () => started && diskTroubles[(writes += 1) - 1] === true);
              const org = createFakeOrg({
                users: Array.from({ length: users }, (_, n) => fakeUser(n)),
                clock: app.clock,
                tokens: server.issued,
                respond: (id) => {
                  const trouble = troubles[(calls += 1) - 1] ?? 'none';
                  const applied = trouble === 'none' || trouble === 'lost';
                  if (applied) server.end(id);
                  const answer = {
                    none: { kind: 'revoked', ...answered } as const,
                    lost: unclear(),
                    failed: unclear(),
                    offline: unclear(true),
                    'too-many': {
                      kind: 'rate-limited',
                      retryAfterMs: 2_000,
                      status: 429,
                      correlationId: null,
                    },
                    'signed-out': { kind: 'signed-out', message: 'No', status: 401, correlationId: null },
                  }[trouble] as ReturnType<typeof unclear>;
                  return { answer, applied };
                },
              });
              const session: RevocationSession = {
                ...org.session,
                directory: {
                  ...org.directory,
                  activityOf: async (ids, about, signal) => {
                    if (app.isDead()) return never;
                    server.catchUp();
                    const trouble = lookTroubles[(looks += 1) - 1] ?? 'none';
                    if (trouble !== 'none') throw lookFailures[trouble];
                    return org.directory.activityOf(ids, about, signal);
                  },
                },
                revokeUserTokens: (id, signal) =>
                  app.isDead() ? never : org.session.revokeUserTokens(id, signal),
              };
              const journal = createChainWriter<KeepOutBody>(
                app.file,
                tail,
                app.clock,
                () => undefined,
                keepOutRecords.encode,
              );
              const keeper = new Keeper({
                ...{ replay, journal, session, until, clock: app.clock, random: () => 0.5 },
                onChange: () => {
                  const { state } = keeper;
                  if (state.kind === 'paused' && state.reason === 'sign-in-needed')
                    void app.clock
                      .sleep(1_000)
                      .then(() => keeper.signedIn(session))
                      .catch(() => undefined); // the disk fails just then: it waits for it
                },
              });
              const first: readonly KeepOutBody[] = begun
                ? []
                : [
                    headerOf(users, until),
                    ...Array.from({ length: users }, (_, index) => ({
                      ...{ type: 'user' as const, index, userId: userId(index), name: `User ${index}` },
                      since: startedAt,
                    })),
                  ];
              const done = keeper.start(begun ? 'resumed' : 'started', first).then(() => {
                started = true;
                return keeper.ended;
              });
              finished = (await clock.runUntil(Promise.race([done, app.crashed]))) !== 'crashed';
              if (finished) expect(told((await readBack(disk)).replay)).toEqual(told(keeper.replayed));
            }

            expect(finished).toBe(true);
            server.catchUp();
            const { records, replay, damage } = await readBack(disk);
            expect(damage).toBeNull();
            expect(records.at(-1)).toMatchObject({ type: 'state', state: { kind: 'finished' } });
            // Every return is one that there was, and is told once.
            const returns = records.flatMap((r) =>
              r.type === 'return' ? [`${r.userId} ${r.issuedAt}`] : [],
            );
            expect(new Set(returns).size).toBe(returns.length);
            for (const one of returns) expect(server.everIssued).toContain(one);
            const of = (type: KeepOutBody['type'], id: string): number =>
              records.filter((r) => r.type === type && 'userId' in r && r.userId === id).length;
            for (const { userId: id } of replay.users) {
              const claimed = records.filter(
                (r) => r.type === 'outcome' && r.userId === id && r.outcome === 'revoked',
              ).length;
              const ended = server.ended.get(id) ?? 0;
              // What is claimed was done; what was done was begun in the journal; who never came back was left alone.
              expect(ended).toBeGreaterThanOrEqual(claimed);
              if (ended > 0) expect(of('intent', id)).toBeGreaterThanOrEqual(1);
              if (of('return', id) === 0) expect(ended).toBe(0);
              // All were back by minute 50, and the troubles are over long before minute 60.
              expect(server.alive.has(id)).toBe(false);
            }
          },
        ),
        { numRuns: cases(400, 40) },
      );
    },
    PROOF_MS,
  );
});

/** A keeper over users whose newest tokens a test chooses. */
function setUp(users: number, minutes = 60, revokedAt = 0) {
  const clock = createManualClock();
  const tokens = new Map<string, string>();
  const disk = createMemoryJournal();
  const asked: number[] = [];
  const org = createFakeOrg({
    users: Array.from({ length: users }, (_, n) => fakeUser(n)),
    clock,
    tokens,
  });
  const session: RevocationSession = {
    ...org.session,
    directory: {
      ...org.directory,
      activityOf: (ids, about, signal) => {
        asked.push(ids.length);
        return org.directory.activityOf(ids, about, signal);
      },
    },
  };
  const start = { length: 0, seq: 0, prev: '0'.repeat(64) };
  const journal = createChainWriter<KeepOutBody>(disk, start, clock, () => undefined, keepOutRecords.encode);
  const until = new Date(clock.now() + minutes * MINUTE).toISOString();
  const replay = new KeepOutReplay();
  const keeper = new Keeper({
    ...{ replay, journal, session, until, clock, random: () => 0.5 },
    onChange: () => undefined,
  });
  const at = (ms: number): string => new Date(clock.now() + ms).toISOString();
  const first = Array.from({ length: users }, (_, index) => ({
    ...{ type: 'user' as const, index, userId: userId(index), name: null, since: at(revokedAt) },
  }));
  const begin = () => clock.runUntil(keeper.start('started', [headerOf(users, until), ...first]));
  return { clock, tokens, disk, asked, replay, keeper, org, begin, at };
}

describe('one who comes back', () => {
  it('is revoked within a minute, and left alone while nothing is new', async () => {
    const { clock, tokens, replay, org, begin, at } = setUp(2);
    await begin();
    await clock.advance(MINUTE + 1_000);
    expect(org.requests).toEqual([]);
    tokens.set(userId(1), at(-500));
    await clock.advance(MINUTE);
    expect(org.requests).toEqual([userId(1)]);
    await clock.advance(10 * MINUTE);
    expect(org.requests).toEqual([userId(1)]);
    expect(replay).toMatchObject({ returns: 1, revoked: 1 });
    expect(replay.users[1]).toMatchObject({ returns: 1, due: false, byItself: false });
  });

  it('is seen although this computer’s clock is an hour ahead of the server’s', async () => {
    const { clock, tokens, org, begin, at } = setUp(1);
    tokens.set(userId(0), at(-2 * 60 * MINUTE));
    await begin();
    await clock.advance(MINUTE);
    expect(org.requests).toEqual([]);
    tokens.set(userId(0), at(-60 * MINUTE));
    await clock.advance(MINUTE + 1_000);
    expect(org.requests).toEqual([userId(0)]);
  });

  it('is revoked by nobody while the disk is full, and not forgotten by it', async () => {
    const { clock, tokens, disk, keeper, org, begin, at } = setUp(1);
    tokens.set(userId(0), at(-60 * MINUTE));
    await begin();
    await clock.advance(MINUTE / 2);
    disk.breakAfter(0);
    tokens.set(userId(0), at(0));
    await clock.advance(MINUTE);
    expect(keeper.state).toMatchObject({ kind: 'paused', reason: 'journal-not-writable' });
    expect(org.requests).toEqual([]);
    disk.heal();
    await clock.advance(2 * MINUTE);
    expect(org.requests).toEqual([userId(0)]);
  });

  it('is marked after three times straight back, and not for coming back by hand', async () => {
    const { clock, tokens, replay, begin, at } = setUp(2, 720);
    await begin();
    await clock.advance(1_000);
    for (let n = 0; n < 3; n += 1) {
      expect(replay.users[0]?.byItself).toBe(false);
      tokens.set(userId(0), at(0));
      if (n < 2) tokens.set(userId(1), at(0));
      await clock.advance(MINUTE + 1_000);
    }
    expect(replay.users[0]).toMatchObject({ byItself: true, returns: 3 });
    await clock.advance(10 * MINUTE);
    tokens.set(userId(1), at(0));
    await clock.advance(MINUTE + 1_000);
    expect(replay.users[1]).toMatchObject({ byItself: false, returns: 3, straightBack: 0 });
  });
});

describe('the time that was agreed to', () => {
  it('is one look a minute, a hundred users a call, and then nothing', async () => {
    const { clock, asked, keeper, replay, begin } = setUp(250, 15);
    await begin();
    await clock.advance(10 * LOOK_EVERY_MS - 1);
    expect(asked).toEqual(Array.from({ length: 10 }, () => [100, 100, 50]).flat());
    await clock.advance(6 * LOOK_EVERY_MS);
    await keeper.ended;
    expect(asked).toHaveLength(45);
    expect(keeper.state).toMatchObject({ kind: 'finished' });
    expect(replay.looks).toBe(15);
  });

  it('does not get longer when this computer’s clock is set back, and nobody is revoked after it', async () => {
    const { clock, tokens, keeper, org, begin, at } = setUp(1, 15);
    await begin();
    await clock.advance(MINUTE);
    clock.setWallClock(clock.now() - 24 * 60 * MINUTE);
    await clock.advance(15 * MINUTE);
    await keeper.ended;
    tokens.set(userId(0), at(48 * 60 * MINUTE));
    await clock.advance(5 * MINUTE);
    expect(org.requests).toEqual([]);
  });

  it('passes in a pause too', async () => {
    const { clock, keeper, begin } = setUp(1, 15);
    await begin();
    keeper.pause();
    await clock.advance(14 * MINUTE);
    expect(keeper.state).toMatchObject({ kind: 'paused', reason: 'by-you' });
    await clock.advance(2 * MINUTE);
    await keeper.ended;
    expect(keeper.state).toMatchObject({ kind: 'finished' });
  });

  it('is over at once when it is stopped', async () => {
    const { clock, tokens, keeper, org, replay, begin, at } = setUp(1);
    await begin();
    await clock.advance(MINUTE);
    keeper.stop('Stopped by Olive');
    tokens.set(userId(0), at(0));
    await clock.advance(5 * MINUTE);
    await keeper.ended;
    expect(org.requests).toEqual([]);
    expect(replay).toMatchObject({ why: 'Stopped by Olive', state: { kind: 'cancelled' } });
  });

  it('nobody is looked at while the computer sleeps, and everybody when it wakes', async () => {
    const { clock, asked, keeper, begin } = setUp(1);
    await begin();
    await clock.advance(1_000);
    keeper.sleep();
    const before = asked.length;
    await clock.jump(10 * MINUTE);
    keeper.wake();
    await clock.advance(1_000);
    expect(asked).toHaveLength(before + 1);
  });
});
