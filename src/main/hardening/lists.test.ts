import { expect, it } from 'vitest';
import { AppFailure } from '../failure.ts';
import { listsForTests } from '../revocation/lists/testing.ts';
import { corrupted, TEXTS } from './hostile.ts';
import { cases, createRandom, pick, PROOF_MS } from './scale.ts';

const GOOD = Buffer.from(
  `name;email;id\n${Array.from({ length: 40 }, (_, n) => `"Person ${n}";person${n}@example.org;00000000-0000-4000-8000-${String(n).padStart(12, '0')}`).join('\n')}\n`,
);
const UNITS = [
  ',',
  '",',
  '"a" <',
  '"',
  ';',
  '\t',
  '|',
  '\n',
  '\r',
  '=1+1,',
  '<a@',
  'a@b.c>',
  '{"a":',
  '[',
  '<td>',
  '\0',
  '\uFEFF',
  'é',
  '\u202E',
  '00000000-0000-4000-8000-',
];

function hostileList(random: () => number): Buffer {
  const kind = random();
  if (kind < 0.4) return corrupted(random, GOOD);
  if (kind < 0.7) return Buffer.from(pick(random, UNITS).repeat(1 + Math.floor(random() * 200_000)));
  if (kind < 0.8) return Buffer.from(Array.from({ length: 5_000 }, () => pick(random, UNITS)).join(''));
  if (kind < 0.9) return Buffer.from(Array.from({ length: 2_000 }, () => Math.floor(random() * 256)));
  return Buffer.from(TEXTS.join(pick(random, UNITS)), pick(random, ['utf8', 'utf16le', 'latin1'] as const));
}

it('a hostile list ends in a list or a clear error, within bounds', { timeout: PROOF_MS }, async () => {
  const random = createRandom(11);
  const lists = listsForTests(random);
  for (let n = 0; n < cases(200, 20); n += 1) {
    const bytes = hostileList(random);
    const name = pick(random, ['list.csv', 'list.txt', 'list.xlsx', 'list.json', TEXTS[12] ?? '']);
    const [ended] = await Promise.allSettled([lists.fromBytes(name, bytes)]);
    if (ended.status === 'rejected') {
      expect(ended.reason, `case ${n}: ${String(ended.reason)}`).toBeInstanceOf(AppFailure);
      continue;
    }
    expect(ended.value.columns.length).toBeLessThanOrEqual(1_000);
    expect(JSON.stringify(ended.value).length).toBeLessThan(4_000_000);
    for (let column = 0; column < Math.min(3, ended.value.columns.length); column += 1) {
      const identifiers = await lists.identifiers(ended.value.listId, column);
      for (const { key } of identifiers) expect(key.length).toBeLessThanOrEqual(2_000);
    }
  }
});
