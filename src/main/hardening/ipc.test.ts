import { describe, expect, it } from 'vitest';
import { CALL_NAMES, type CallName } from '../../shared/ipc.ts';
import type { Result } from '../../shared/result.ts';
import { listen } from '../ipc/router.ts';
import { anyValue, mutated } from './hostile.ts';
import { cases, createRandom, LONGEST_MOMENT_MS, PROOF_MS } from './scale.ts';

type Invoke = (event: unknown, input: unknown) => Promise<Result<unknown>>;

/** The router with handlers that only count. */
function router() {
  const channels = new Map<string, Invoke>();
  let handled = 0;
  let logged = 0;
  const handlers = Object.fromEntries(
    CALL_NAMES.map((name) => [
      name,
      () => {
        handled += 1;
        return null;
      },
    ]),
  ) as unknown as Parameters<typeof listen>[0];
  listen(handlers, {
    ipcMain: { handle: (name: string, invoke: Invoke) => void channels.set(name, invoke) } as never,
    isTrusted: () => true,
    toAppError: () => null,
    consent: { carryOut: () => Promise.resolve(null) },
    log: { error: () => (logged += 1), warn: () => undefined, info: () => undefined },
  } as never);
  return {
    channels,
    get handled() {
      return handled;
    },
    get logged() {
      return logged;
    },
  };
}

/** Near misses are worse than noise: one input of each form that a call takes. */
const LIKELY: readonly unknown[] = [
  null,
  { connectionId: 'c-1' },
  { runId: '20260105-090000-k5ksa810db' },
  { tokenId: '1-1' },
  { planId: 'p', from: 0, count: 10 },
  { runId: 'r', from: 0, count: 10_000 },
  { text: 'ana' },
  { kind: 'group', text: 'sales' },
  { userId: '00000000-0000-4000-8000-000000000001' },
  { theme: 'dark', rateShare: 0.5 },
  { planId: 'p', dryRun: false, reason: 'r', ticket: 't', confirmation: 'c', yourself: true },
  {
    method: 'access-token',
    region: { kind: 'genesys', id: 'eu-central-1' },
    token: { from: 'typed', value: 'x' },
  },
  { include: [{ kind: 'list', listId: 'l', column: 0 }], exclude: [{ kind: 'everyone', inactive: true }] },
  { connectionId: 'c', entries: [{ kind: 'email', email: 'a@example.org' }] },
  {
    change: {
      enabled: true,
      seconds: 900,
      unit: 'Minutes',
      groups: {
        enabled: true,
        bundles: [{ priority: 1, timeoutSeconds: 900, unit: null, groupIds: ['g'], other: {} }],
      },
    },
    expected: '{}',
  },
  { name: 'list.csv', bytes: new Uint8Array(10) },
];

const MARK = 'S3cretMarkThatNobodyMayQuote';
const marked = (value: unknown): unknown => ({ [MARK]: MARK, [`${MARK}${'k'.repeat(50_000)}`]: value });

/** The same for each channel, since making them takes longer than refusing them. */
const MESSAGES: readonly unknown[] = (() => {
  const random = createRandom(1);
  return Array.from({ length: cases(10_000, 100) }, () => {
    const like = LIKELY[Math.floor(random() * LIKELY.length)];
    const input = random() < 0.3 ? anyValue(random, 'clone') : mutated(random, like, 'clone');
    return random() < 0.1 ? marked(input) : input;
  });
})();

describe.each(CALL_NAMES)('%s', (name: CallName) => {
  it(
    'answers every malformed message shortly, quotes nothing of it, and never fails',
    { timeout: PROOF_MS },
    async () => {
      const open = router();
      const invoke = open.channels.get(name)!;
      let longest = 0;
      for (const input of MESSAGES) {
        const before = process.cpuUsage();
        const answer = await invoke({}, input);
        const { user, system } = process.cpuUsage(before);
        longest = Math.max(longest, (user + system) / 1_000);
        if (answer.ok) continue;
        expect(answer.error.code).toBe('invalid-input');
        expect(answer.error.message).not.toContain(MARK);
        expect(answer.error.message.length).toBeLessThan(10_000);
      }
      expect(open.logged).toBe(0);
      expect(longest).toBeLessThan(LONGEST_MOMENT_MS);
    },
  );
});
