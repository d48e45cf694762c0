import { pick } from './scale.ts';

type Random = () => number;

/** Texts that have broken programs. */
export const TEXTS: readonly string[] = [
  '',
  ' ',
  'null',
  'undefined',
  'NaN',
  '-0',
  '__proto__',
  'constructor',
  '\0',
  'a\r\nInjected: yes',
  '\u202Egnp.exe',
  '\uD800',
  '\uFEFF',
  '../../../etc/passwd',
  '..\\..\\windows',
  '%00%2e%2e%2f',
  "'; DROP TABLE users; --",
  '<img src=x onerror=alert(1)>',
  '=cmd|"/c calc"!A1',
  '${7*7}',
  '{{7*7}}',
  '%s%n%x',
  '00000000-0000-0000-0000-000000000000',
  '9'.repeat(400),
  'x'.repeat(10_000),
  'é'.repeat(1_000),
  '\u0301'.repeat(500),
  '2026-02-30T25:61:61Z',
  '+275760-09-13T00:00:00.000Z',
  '-000001-01-01T00:00:00Z',
  'http://[::1]:0/',
  'javascript:alert(1)',
  'file:///etc/passwd',
];

export const NUMBERS: readonly number[] = [
  0,
  -0,
  -1,
  1,
  0.1,
  1e-9,
  2 ** 31,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 53,
  1e21,
  1e308,
  -1e308,
  NaN,
  Infinity,
  -Infinity,
];

const nested = (depth: number): unknown => {
  let value: unknown = 'deep';
  for (let n = 0; n < depth; n += 1) value = n % 2 === 0 ? [value] : { value };
  return value;
};

/** Any value; `json` alone, or also what only structured clone carries. */
export function anyValue(random: Random, only: 'json' | 'clone', depth = 0): unknown {
  const kind = random();
  if (kind < 0.25) return pick(random, TEXTS);
  if (kind < 0.45) return pick(random, NUMBERS);
  if (kind < 0.55) return pick(random, [null, true, false]);
  if (kind < 0.6) return nested(pick(random, [3, 100, 2_000]));
  if (only === 'clone' && kind < 0.7)
    return pick<unknown>(random, [
      undefined,
      10n ** 30n,
      new Date(NaN),
      new Map([['a', new Map()]]),
      new Set([NaN]),
      /x/g,
      new Uint8Array(1_000),
      new ArrayBuffer(8),
      new Error('an error'),
      Object.create(null),
    ]);
  const size = Math.floor(random() * (depth > 2 ? 2 : 6));
  const parts = Array.from({ length: size }, () => anyValue(random, only, depth + 1));
  if (kind < 0.8) return random() < 0.05 ? Array.from({ length: 5_000 }, () => 0) : parts;
  return Object.fromEntries(parts.map((part, n) => [random() < 0.5 ? pick(random, TEXTS) : `key${n}`, part]));
}

/** A value like the one given, with some of it replaced, left out, repeated, or more than it should be. */
export function mutated(random: Random, value: unknown, only: 'json' | 'clone'): unknown {
  if (random() < 0.12) return anyValue(random, only);
  if (Array.isArray(value)) {
    const parts = value.map((part: unknown) => mutated(random, part, only));
    const kind = random();
    if (kind < 0.15) return [];
    if (kind < 0.25) return [...parts, ...parts];
    if (kind < 0.26 && parts.length > 0) return Array.from({ length: 3_000 }, () => parts[0]);
    if (kind < 0.4) return [...parts, anyValue(random, only)];
    return parts;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).flatMap(([name, part]) => {
      const kind = random();
      if (kind < 0.1) return [];
      if (kind < 0.15) return [[pick(random, TEXTS), part] as const];
      return [[name, mutated(random, part, only)] as const];
    });
    if (random() < 0.2) entries.push([pick(random, TEXTS), anyValue(random, only)]);
    return Object.fromEntries(entries);
  }
  const kind = random();
  if (typeof value === 'string' && kind < 0.3) return pick(random, TEXTS);
  if (typeof value === 'number' && kind < 0.3) return pick(random, NUMBERS);
  return value;
}

/** Bytes like those given, damaged as disks, editors and enemies do it. */
export function corrupted(random: Random, bytes: Buffer): Buffer {
  const at = Math.floor(random() * bytes.length);
  const length = 1 + Math.floor(random() * 64);
  const [head, hit, rest] = [
    bytes.subarray(0, at),
    bytes.subarray(at, at + length),
    bytes.subarray(at + length),
  ];
  const noise = Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
  switch (Math.floor(random() * 12)) {
    case 0:
      return head;
    case 1:
      return Buffer.concat([head, noise, rest]);
    case 2:
      return Buffer.concat([head, rest]);
    case 3:
      return Buffer.concat([head, noise, hit, rest]);
    case 4:
      return Buffer.concat([head, Buffer.alloc(hit.length), rest]);
    case 5:
      return Buffer.concat([head, hit, hit, rest]);
    case 6: {
      const flipped = Buffer.from(bytes);
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      return flipped;
    }
    case 7:
      return Buffer.concat([rest, head]);
    case 8: {
      const lines = bytes.toString('latin1').split('\n');
      const [a, b] = [Math.floor(random() * lines.length), Math.floor(random() * lines.length)];
      [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
      return Buffer.from(lines.join('\n'), 'latin1');
    }
    case 9: {
      const lines = bytes.toString('latin1').split('\n');
      lines.splice(Math.floor(random() * lines.length), 1);
      return Buffer.from(lines.join('\n'), 'latin1');
    }
    case 10:
      return Buffer.from(
        bytes.toString('latin1').replace(/\d+/, () => String(pick(random, NUMBERS))),
        'latin1',
      );
    default:
      return Buffer.concat([bytes, pick(random, [bytes, noise, Buffer.from('\n'), Buffer.from('\uFEFF')])]);
  }
}
