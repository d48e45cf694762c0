import { expect, it } from 'vitest';
import { cleanText } from '../../shared/clean-text.ts';
import { findHosts } from '../../shared/find-hosts.ts';
import { disarmFormula } from '../../shared/spreadsheet.ts';
import { oneLine } from '../app/log.ts';
import { AppFailure } from '../failure.ts';
import { linesOf } from '../files/lines.ts';
import { checkedHosts } from '../genesys/hosts.ts';
import { isPublicHost } from '../genesys/public-host.ts';
import { retryAfterMs } from '../genesys/retry-after.ts';
import { decodeRecord, encodeRecord } from '../revocation/journal/records.ts';
import { readValue } from '../revocation/lists/identify.ts';
import { readList } from '../revocation/lists/read-list.ts';
import { createSecret, isSendable, parseWithoutSecrets, withoutSecrets } from '../secrets/secret.ts';
import { findTokens } from '../triage/find-tokens.ts';
import { TEXTS } from './hostile.ts';
import { cases, createRandom, pick, PROOF_MS } from './scale.ts';

// Everything that takes free text, with 1 MB of it: linear is some ms, quadratic is minutes.

const SIZE = 1_000_000;

/** What main may take for one text, and the list's worker, ms of processor time: bounds for what has no end. */
const MAIN_MS = 5_000;
const WORKER_MS = 20_000;

const secret = createSecret('tok+EN/that-nobody_may.see0123456789');

const IN_MAIN: Readonly<Record<string, (text: string) => unknown>> = {
  'names are cleaned': (text) => cleanText(text),
  'a long text is cleaned': (text) => cleanText(text, SIZE),
  'hosts are found': findHosts,
  'tokens are found': findTokens,
  'a formula is disarmed': disarmFormula,
  'a record of the log is made one line': oneLine,
  'a custom host is checked': (text) =>
    checkedHosts({ apiBase: `https://${text}`, loginBase: text, allowLoopbackHttp: false }),
  'a host is held to be public': isPublicHost,
  'a wait is read': (text) => retryAfterMs(text, text, 0),
  'a secret is masked': (text) => withoutSecrets(text, [secret]),
  'an answer is masked': (text) => parseWithoutSecrets(text, [secret]),
  'texts in an answer are masked': (text) =>
    parseWithoutSecrets(JSON.stringify({ a: text, [text]: 1 }), [secret]),
  'a secret is held to be sendable': (text) => isSendable(createSecret(text)),
  'a line of a journal is read': decodeRecord,
  'a record of a journal is written': (text) =>
    encodeRecord({ type: 'state', state: { kind: 'running' }, why: text }, { seq: 0, at: '', prev: '' }),
};

const IN_WORKER: Readonly<Record<string, (text: string) => unknown>> = {
  'a list is read': (text) => readList({ kind: 'text', text }),
  'a file is read': (text) => readList({ kind: 'bytes', bytes: Buffer.from(text), sheet: null }),
  'a cell is read': readValue,
};

const UNITS = [
  ...TEXTS.filter((text) => text.length > 0 && text.length < 60),
  ...[
    ',',
    '",',
    '"a" <',
    '"',
    ';',
    '\t',
    '\n',
    '\r',
    '\\',
    '/',
    '.',
    '-',
    '_',
    '@',
    '%',
    '%2',
    '=',
    '<',
    '>',
  ],
  ...[
    '{"a":',
    '[',
    '{',
    'a:',
    'Bearer ',
    'eyJ',
    'https://',
    'api.',
    'mypurecloud.',
    'a@b.',
    'a@',
    '<a@',
    ' and ',
    '--',
  ],
  ...[
    '\u200B',
    '\u0301',
    '\u202E',
    '\u{1F600}',
    '\uFEFF',
    'é',
    '=3D',
    '=\r\n',
    '\\u00',
    '0',
    'a',
    'A',
    '0a1b-',
  ],
];

/** One part again and again, two in turns, or any in any order; and something else at its end, which makes a match fail. */
function generated(random: () => number): string {
  const kind = random();
  const unit =
    kind < 0.5
      ? pick(random, UNITS)
      : Array.from({ length: kind < 0.8 ? 2 : 200 }, () => pick(random, UNITS)).join('');
  const body = unit.repeat(Math.ceil(SIZE / unit.length)).slice(0, SIZE);
  return `${random() < 0.5 ? pick(random, UNITS) : ''}${body}${random() < 0.5 ? pick(random, UNITS) : ''}`;
}

/** ms of processor time. */
function timeOf(work: () => unknown): number {
  const before = process.cpuUsage();
  try {
    work();
  } catch (error) {
    // Refused is as good as read; but in the words of a failure, not as an accident of the engine.
    if (error instanceof RangeError) throw error;
    if (!(error instanceof AppFailure) && !(error instanceof Error)) throw error;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const texts = (seed: number, all: number, few: number): readonly string[] => {
  const random = createRandom(seed);
  return Array.from({ length: cases(all, few) }, () => generated(random));
};

it.each(Object.entries(IN_MAIN))('1 MB of anything: %s', { timeout: PROOF_MS }, (name, work) => {
  for (const text of texts(name.length, 40, 5))
    expect(
      timeOf(() => work(text)),
      JSON.stringify(text.slice(0, 80)),
    ).toBeLessThan(MAIN_MS);
});

it.each(Object.entries(IN_WORKER))(
  '1 MB of anything, in the worker: %s',
  { timeout: PROOF_MS },
  (name, work) => {
    for (const text of texts(name.length, 40, 3))
      expect(
        timeOf(() => work(text)),
        JSON.stringify(text.slice(0, 80)),
      ).toBeLessThan(WORKER_MS);
  },
);

it('1 MB of anything: a file is cut into lines, however it comes', { timeout: PROOF_MS }, async () => {
  for (const text of texts(3, 40, 5)) {
    const bytes = Buffer.from(text);
    const pieces = Array.from({ length: 1_000 }, (_, n) => bytes.subarray(n * 4_000, (n + 1) * 4_000));
    const before = process.cpuUsage();
    let lines = 0;
    for await (const some of linesOf(pieces, 16 * SIZE)) lines += some.length;
    const { user, system } = process.cpuUsage(before);
    expect(lines).toBe(text.split('\n').length - 1);
    expect((user + system) / 1_000).toBeLessThan(MAIN_MS);
  }
});
