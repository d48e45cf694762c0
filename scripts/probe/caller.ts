import { z } from 'zod';

/** What one call was answered, as far as it may be told to others. */
export interface Answer {
  readonly status: number;
  /** The API's error code; null for a success, or where the body has none. */
  readonly code: string | null;
  readonly headers: Headers;
  /** Parsed; null where there is no JSON. */
  readonly body: unknown;
  /** From sending to the last byte, ms. */
  readonly ms: number;
}

export interface Caller {
  /** @throws ProbeFailure when there is no answer at all. */
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
}

interface CallOptions {
  readonly query?: Readonly<Record<string, string | number | readonly string[]>>;
  readonly body?: unknown;
  /** Instead of the token that is probed with. */
  readonly token?: string;
}

/** Said to the person as it is; never holds a secret. */
export class ProbeFailure extends Error {}

const ANSWER_LIMIT_MS = 30_000;
const TRIES_AFTER_429 = 3;
const LONGEST_WAIT_S = 120;

const errorBody = z.looseObject({ code: z.string().optional() });

/** Codes, field names and the like come from a server: only what looks like one is passed on. */
export const plainWord = (text: string): string => (/^[\w.:-]{1,80}$/.test(text) ? text : '(other)');

/** Makes calls one after the other with that token, over https or to this computer, following no redirect. */
export function createCaller(apiBase: string, token: string, wait: (ms: number) => Promise<void>): Caller {
  async function once(method: string, path: string, options: CallOptions): Promise<Answer> {
    const url = new URL(`${apiBase}${path}`);
    for (const [name, value] of Object.entries(options.query ?? {}))
      for (const one of Array.isArray(value) ? (value as readonly string[]) : [value])
        url.searchParams.append(name, String(one));
    const started = performance.now();
    try {
      const response = await fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${options.token ?? token}`,
          ...(options.body !== undefined && { 'content-type': 'application/json' }),
        },
        body: options.body === undefined ? null : JSON.stringify(options.body),
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      });
      const text = await response.text();
      const body = parsed(text);
      const code = response.ok ? null : (errorBody.safeParse(body).data?.code ?? null);
      return {
        status: response.status,
        code: code === null ? null : plainWord(code),
        headers: response.headers,
        body,
        ms: Math.round(performance.now() - started),
      };
    } catch (error) {
      const cause = error instanceof Error ? error.cause : null;
      const code = cause instanceof Error && 'code' in cause ? ` (${plainWord(String(cause.code))})` : '';
      throw new ProbeFailure(`${method} ${path}: no answer${code}`);
    }
  }

  return {
    async call(method, path, options = {}) {
      for (let attempt = 1; ; attempt += 1) {
        const answer = await once(method, path, options);
        if (answer.status !== 429) return answer;
        if (attempt > TRIES_AFTER_429)
          throw new ProbeFailure(`${method} ${path}: refused by the rate limit, ${attempt} times`);
        const seconds = Number(answer.headers.get('retry-after') ?? 60);
        await wait(1000 * Math.min(LONGEST_WAIT_S, Number.isFinite(seconds) ? Math.max(1, seconds) : 60));
      }
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
