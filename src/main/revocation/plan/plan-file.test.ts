import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { revokeRows } from '../testing/fake-org.ts';
import { canonicalChunks, canonicalLine, hashRows } from './plan-file.ts';

/** Two of them, text and bytes, stand beside a plan of 100,000 while it is written: main is promised to be small. */
const LARGEST_PIECE = 256 * 1024;

it('gives a long plan in small pieces, which are its lines in order', async () => {
  const rows = revokeRows(3_001);
  const pieces: Buffer[] = [];
  for await (const piece of canonicalChunks(rows)) pieces.push(piece);

  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(LARGEST_PIECE);
  const file = rows.map(canonicalLine).join('');
  expect(Buffer.concat(pieces).toString()).toBe(file);
  expect(await hashRows(rows)).toBe(createHash('sha256').update(file).digest('hex'));
});
