import { z } from 'zod';
import { createCaller, ProbeFailure, type Caller } from './caller.ts';
import { putTimeoutAsIs, revokeOwnToken } from './changes.ts';
import { finding, said, type Finding } from './finding.ts';
import { QUESTIONS } from './questions.ts';

export type Credentials =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'client'; readonly clientId: string; readonly clientSecret: string };

export interface ProbeOptions {
  readonly apiBase: string;
  readonly loginBase: string;
  readonly credentials: Credentials;
  /** Asked before each change; nothing is changed without. */
  readonly agree: (what: 'timeout-as-is' | 'revoke-own') => Promise<boolean>;
  readonly timeoutAsIs: boolean;
  readonly revokeOwn: boolean;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

const tokenAnswer = z.looseObject({ access_token: z.string().min(1) });

/** @throws ProbeFailure when signing in is refused */
async function tokenOf({ loginBase, credentials }: ProbeOptions): Promise<string> {
  if (credentials.kind === 'token') return credentials.token;
  const { clientId, clientSecret } = credentials;
  const response = await fetch(`${loginBase}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    redirect: 'manual',
  }).catch(() => null);
  const answer = tokenAnswer.safeParse(await response?.json().catch(() => null));
  if (!response?.ok || !answer.success)
    throw new ProbeFailure(`Signing in: ${response ? `answered ${response.status}` : 'no answer'}`);
  return answer.data.access_token;
}

/** Whether users/me knows a user. Anything but a user or a client's refusal ends the probe. @throws ProbeFailure */
async function holderOf({ call }: Caller): Promise<'user' | 'client'> {
  const me = await call('GET', '/api/v2/users/me');
  if (me.status === 200) return 'user';
  if (me.status === 400) return 'client';
  throw new ProbeFailure(`GET /api/v2/users/me: ${said(me)}`);
}

/** Asks everything. One question that gets no answer is `open`; the others go on. @throws ProbeFailure */
export async function probe(options: ProbeOptions): Promise<readonly Finding[]> {
  const { apiBase, now, wait } = options;
  const caller = createCaller(apiBase, await tokenOf(options), wait);
  const context = { ...caller, apiBase, now, holder: await holderOf(caller) };
  const findings: Finding[] = [];
  const ask = async (id: string, question: () => Promise<Finding | readonly Finding[]>): Promise<void> => {
    try {
      findings.push(...[await question()].flat());
    } catch (error) {
      if (!(error instanceof ProbeFailure)) throw error;
      findings.push(finding(id, 'every call is answered', error.message, false));
    }
  };
  for (const [index, question] of QUESTIONS.entries())
    await ask(`question-${index + 1}`, () => question(context));
  if (options.timeoutAsIs && (await options.agree('timeout-as-is')))
    await ask('timeout-put', () => putTimeoutAsIs(caller));
  if (options.revokeOwn && (await options.agree('revoke-own')))
    await ask('revoke-own', () => revokeOwnToken(caller, { now, wait }));
  return findings;
}
