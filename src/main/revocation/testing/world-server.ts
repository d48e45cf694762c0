import { REQUEST_TIMEOUT_MS } from '../../genesys/deadline.ts';
import type { Pacer } from '../../genesys/pacing.ts';
import type { ManualClock } from '../../testing/manual-clock.ts';
import type { RevocationSession, RevokeAnswer } from '../ports.ts';
import { never, type Life } from './crashing-life.ts';
import { answered, createFakeOrg, unclear, userId } from './fake-org.ts';
import type { Trouble, UserKind, World } from './world.ts';

export interface Token {
  dead: boolean;
  /** Monotonic ms. */
  readonly endsAt: number;
}

/** One DELETE that came to the server, or was on the way to it. */
export interface Call {
  readonly userId: string;
  readonly life: number;
  readonly token: Token;
  readonly at: number;
  /** The user's tokens were ended by it. */
  readonly applied: boolean;
  readonly answer: RevokeAnswer;
  /** When the app was told, monotonic ms; null for an answer that nobody heard. */
  told: number | null;
}

const truth = (kind: UserKind): RevokeAnswer => {
  switch (kind) {
    case 'normal':
    case 'kept-back':
      return { kind: 'revoked', ...answered };
    case 'unknown':
      return { kind: 'not-found', status: 404, correlationId: 'c' };
    case 'forbidden':
      return { kind: 'forbidden', message: 'missing.any.permissions', status: 403, correlationId: 'c' };
    case 'refused':
      return { kind: 'refused', message: 'client.failed.request', status: 400, correlationId: 'c' };
  }
};

const cut = (trouble: 'broken-off' | 'timed-out' | 'portal' | 'proxy-sign-in', sent: 'no' | 'maybe') =>
  ({ kind: 'unclear', status: null, correlationId: null, message: trouble, trouble, sent }) as const;

const tooMany = (retryAfterMs: number | null) =>
  ({ kind: 'rate-limited', retryAfterMs, status: 429, correlationId: null }) as const;

const SIGNED_OUT: RevokeAnswer = { kind: 'signed-out', message: 'Expired', status: 401, correlationId: null };

/** What the app hears, and whether the call did what it asks for all the same. */
function through(trouble: Trouble, kind: UserKind): { answer: RevokeAnswer; reached: boolean } {
  switch (trouble) {
    case 'none':
      return { answer: truth(kind), reached: true };
    case 'lost':
    case 'throws':
      return { answer: cut('broken-off', 'maybe'), reached: true };
    case 'failed':
      return { answer: unclear(), reached: false };
    case 'failed-late':
      return { answer: unclear(), reached: true };
    case 'offline':
      return { answer: unclear(true), reached: false };
    case 'portal':
      return { answer: cut('portal', 'maybe'), reached: false };
    case 'proxy':
      return { answer: cut('proxy-sign-in', 'no'), reached: false };
    case 'too-many':
      return { answer: tooMany(null), reached: false };
    case 'too-many-told':
      return { answer: tooMany(7_000), reached: false };
    case 'long-wait':
      return { answer: tooMany(400_000), reached: false };
    case 'signed-out':
      return { answer: SIGNED_OUT, reached: false };
    case 'other-address':
      return {
        answer: { kind: 'ip-not-allowed', message: 'Not from there', status: 403, correlationId: null },
        reached: false,
      };
  }
}

/** The org of a world: who calls it hears what the world has for that call, until the world is kind. */
export function createWorldServer(world: World, clock: ManualClock, onCall: (id: string) => void) {
  const calls: Call[] = [];
  const issued: Token[] = [];
  const operatorId = userId(world.operator === null ? 9_999 : world.operator % world.users.length);
  const kindOf = new Map(world.users.map((kind, n) => [userId(n), kind]));
  const troubles = world.troubles.flatMap(([trouble, times]) => Array<Trouble>(times).fill(trouble));
  const latencies = [...world.latencies];
  const lifetimes = [...world.tokens];
  let kind = false;

  const meet = (id: string, token: Token) => {
    if (token.dead || clock.monotonic() >= token.endsAt)
      return { trouble: 'signed-out', answer: SIGNED_OUT, applied: false } as const;
    const trouble = (kind ? undefined : troubles.shift()) ?? 'none';
    const user = kindOf.get(id) ?? 'unknown';
    const { answer, reached } = through(trouble, user);
    const applied = reached && user === 'normal';
    if (trouble === 'signed-out') token.dead = true;
    if (applied && id === operatorId) for (const any of issued) any.dead = true;
    return { trouble, answer, applied };
  };

  const revoke = async (app: Life, lifeNo: number, token: Token, id: string, signal: AbortSignal) => {
    if (app.isDead()) return never;
    onCall(id);
    const latency = (kind ? undefined : latencies.shift()) ?? 50;
    const met = meet(id, token);
    const late = latency >= REQUEST_TIMEOUT_MS;
    const answer = late ? cut('timed-out', 'maybe') : met.answer;
    const call: Call = {
      ...{ userId: id, life: lifeNo, token, at: clock.monotonic(), applied: met.applied, answer, told: null },
    };
    calls.push(call);
    await app.clock.sleep(Math.min(latency, REQUEST_TIMEOUT_MS), signal);
    call.told = clock.monotonic();
    if (met.trouble === 'throws' && !late) throw new Error('broken-off');
    return answer;
  };

  return {
    calls: calls as readonly Call[],
    operatorId,
    beKind: () => {
      kind = true;
    },
    /** A new token for that life of the app. */
    signIn: (app: Life, lifeNo: number, pacer: Pacer): RevocationSession & { readonly token: Token } => {
      const lifetime = kind ? undefined : lifetimes.shift();
      const token: Token = { dead: false, endsAt: clock.monotonic() + (lifetime?.ms ?? Infinity) };
      issued.push(token);
      const endsAt = lifetime?.told === true ? clock.now() + lifetime.ms : null;
      const { session } = createFakeOrg({ users: [], clock: app.clock, pacer, operatorId });
      return {
        ...session,
        token,
        revokeUserTokens: (id, signal) => revoke(app, lifeNo, token, id, signal),
        tokenExpiresAt: () => endsAt,
      };
    },
  };
}
