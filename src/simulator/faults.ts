import { z } from 'zod';
import { matchesMethod, matchPath, parsePattern, type Pattern } from './http/patterns.ts';
import type { Random } from './random.ts';

const common = {
  /** `DELETE /api/v2/tokens/:userId`; a segment can be a real value, the method and the last segment can be `*`. */
  route: z.string().refine((text) => parsePattern(text) !== undefined, 'must be "METHOD /path"'),
  /** How many times it happens; 1 when neither this nor `probability` is given. */
  count: z.int().min(1).max(1_000_000).optional(),
  /** Chance that it happens on a call that it fits, drawn from the seeded generator. */
  probability: z.number().gt(0).max(1).optional(),
};

export const faultSchema = z.discriminatedUnion('kind', [
  /**
   * Answers with a status and an error; the call is not carried out.
   * On the login host, 400 is what it says to too many logins.
   */
  z.strictObject({
    ...common,
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    code: z.string().max(100).optional(),
    /** Seconds, as the Retry-After header. */
    retryAfter: z.int().min(0).max(86_400).optional(),
  }),
  /** Holds the answer back; the call is carried out at once. */
  z.strictObject({ ...common, kind: z.literal('delay'), delayMs: z.int().min(1).max(600_000) }),
  /** Resets the connection; the call is not carried out. */
  z.strictObject({ ...common, kind: z.literal('reset') }),
  /** Carries the call out, then resets the connection: the caller cannot know. */
  z.strictObject({ ...common, kind: z.literal('answer-lost') }),
  /** Carries the call out; the connection ends in the middle of the body. */
  z.strictObject({ ...common, kind: z.literal('truncated') }),
  /** Carries the call out; the body says it is JSON and is not. */
  z.strictObject({ ...common, kind: z.literal('malformed') }),
  /** Carries the call out; the body is a web page, as from a proxy in between. */
  z.strictObject({ ...common, kind: z.literal('content-type') }),
  /** The caller's token ends after so many more calls that fit. */
  z.strictObject({ ...common, kind: z.literal('expire-token'), afterCalls: z.int().min(0).max(1_000_000) }),
]);

export type Fault = z.infer<typeof faultSchema>;

/** What happens to one call. */
export interface FaultDraw {
  readonly delayMs: number;
  readonly expireToken: boolean;
  readonly main: Exclude<Fault, { kind: 'delay' | 'expire-token' }> | null;
}

export interface Faults {
  /** @throws Error when a fault could never happen, because no route fits it; nothing is added then. */
  add(faults: readonly Fault[]): void;
  /** @param path the path's segments. */
  draw(method: string, path: readonly string[]): FaultDraw;
}

/** More than anybody needs: a fault stays until it is used up or the server is reset. */
const MOST_FAULTS = 1000;

interface Armed {
  readonly fault: Fault;
  readonly pattern: Pattern;
  left: number;
  fitting: number;
}

const couldFit = (pattern: Pattern, known: Pattern): boolean =>
  (pattern.method === '*' || pattern.method === known.method) &&
  (matchPath(pattern.segments, known.segments) !== undefined ||
    matchPath(known.segments, pattern.segments) !== undefined);

/** @param known the routes that exist: a fault for another one is a mistake, and is said to be one. */
export const createFaults = (random: Random, known: readonly Pattern[]): Faults => {
  let armed: Armed[] = [];

  const fires = (item: Armed): boolean => {
    const { fault } = item;
    item.fitting += 1;
    if (fault.kind === 'expire-token' && item.fitting <= fault.afterCalls) return false;
    if (fault.probability !== undefined && random.next() >= fault.probability) return false;
    item.left -= 1;
    return true;
  };

  return {
    add: (faults) => {
      if (armed.length + faults.length > MOST_FAULTS) throw new Error(`at most ${MOST_FAULTS} faults`);
      const added = faults.map((fault): Armed => {
        const pattern = parsePattern(fault.route);
        if (!pattern || !known.some((route) => couldFit(pattern, route)))
          throw new Error(`no route fits "${fault.route}"`);
        const left = fault.count ?? (fault.probability === undefined ? 1 : Infinity);
        return { fault, pattern, left, fitting: 0 };
      });
      armed = [...armed, ...added];
    },
    draw: (method, path) => {
      let delayMs = 0;
      let expireToken = false;
      let main: FaultDraw['main'] = null;
      for (const item of armed) {
        if (!matchesMethod(item.pattern, method) || !matchPath(item.pattern.segments, path)) continue;
        const { fault } = item;
        if (fault.kind === 'delay') {
          if (fires(item)) delayMs += fault.delayMs;
        } else if (fault.kind === 'expire-token') {
          if (fires(item)) expireToken = true;
        } else if (main === null && fires(item)) main = fault; // the first that happens hides the others
      }
      armed = armed.filter((item) => item.left > 0);
      return { delayMs, expireToken, main };
    },
  };
};
