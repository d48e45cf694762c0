// What changes something, each only when it was asked for and agreed to.
import { isDeepStrictEqual } from 'node:util';
import type { Caller } from './caller.ts';
import { finding, said, type Finding } from './finding.ts';

interface Time {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

const LOOK_EVERY_MS = 500;
/** Longer than any cache of tokens that was heard of. */
const LOOK_FOR_MS = 120_000;

/** PUTs the idle timeout exactly as it was read, and reads it back. */
export async function putTimeoutAsIs({ call }: Caller): Promise<readonly Finding[]> {
  const path = '/api/v2/tokens/timeout';
  const before = await call('GET', path);
  if (before.status !== 200)
    return [
      finding(
        'timeout-put',
        'PUT takes the value as it was read',
        `could not be read: ${said(before)}`,
        null,
      ),
    ];
  const put = await call('PUT', path, { body: before.body });
  const after = await call('GET', path);
  const same = isDeepStrictEqual(after.body, before.body);
  return [
    finding(
      'timeout-put',
      'PUT takes the value as it was read',
      said(put),
      put.status >= 200 && put.status < 300,
    ),
    finding(
      'timeout-same',
      'and keeps every field of it',
      same ? 'the same' : 'another value is read back',
      same,
    ),
  ];
}

/** Ends the token that is probed with, and looks how long it still passes. */
export async function revokeOwnToken({ call }: Caller, { now, wait }: Time): Promise<readonly Finding[]> {
  const ended = await call('DELETE', '/api/v2/tokens/me');
  const started = now();
  const first = finding('revoke-own', 'DELETE tokens/me answers 200', said(ended), ended.status === 200);
  if (ended.status < 200 || ended.status >= 300) return [first];
  let last = await call('HEAD', '/api/v2/tokens/me');
  while (last.status !== 401 && now() - started < LOOK_FOR_MS) {
    await wait(LOOK_EVERY_MS);
    last = await call('HEAD', '/api/v2/tokens/me');
  }
  const seconds = ((now() - started) / 1000).toFixed(1);
  return [
    first,
    finding(
      'revoke-at-once',
      'an ended token is refused within 5 s',
      last.status === 401 ? `after ${seconds} s` : `still ${said(last)} after ${seconds} s`,
      last.status === 401 && now() - started <= 5000,
    ),
  ];
}
