import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunTimeline } from '../../../../shared/run.ts';
import { columnsOf, groupsOf } from './timeline.ts';

const HEIGHT = 96;
const timeline = (buckets: readonly RunTimeline['buckets'][number]['counts'][]): RunTimeline => ({
  startedAt: '',
  endedAt: '',
  bucketSeconds: 1,
  buckets: buckets.map((counts) => ({ at: '', counts })),
  breaks: [],
  breaksLeftOut: 0,
});

describe('the columns of a timeline', () => {
  it('stand on the ground, as high as their count, the tallest as high as the picture', () => {
    expect(columnsOf(timeline([{ revoked: 30, failed: 10 }, { revoked: 20 }, {}]), HEIGHT)).toEqual([
      [
        { key: 'revoked', y: 24, height: 72 },
        { key: 'failed', y: 0, height: 24 },
      ],
      [{ key: 'revoked', y: 48, height: 48 }],
      [],
    ]);
  });

  it('show one failure among ten thousand', () => {
    const [column = []] = columnsOf(timeline([{ revoked: 10_000, failed: 1 }]), HEIGHT);
    expect(column.map(({ key, height }) => [key, height])).toEqual([
      ['revoked', HEIGHT - 3],
      ['failed', 3],
    ]);
  });

  it('never leave the picture', () => {
    const count = fc.nat(100_000);
    const counts = fc.record({ revoked: count, failed: count, 'not-found': count }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(counts, { maxLength: 120 }), (buckets) => {
        for (const column of columnsOf(timeline(buckets), HEIGHT))
          for (const { y, height } of column) {
            expect(height).toBeGreaterThan(0);
            expect(y).toBeGreaterThan(-1e-9);
            expect(y + height).toBeLessThan(HEIGHT + 1e-9);
          }
      }),
    );
  });
});

it('the key names what came, failed and refused together', () => {
  expect(
    groupsOf(
      timeline([
        { revoked: 3, forbidden: 1 },
        { failed: 2, 'would-revoke': 0 },
      ]),
    ),
  ).toEqual([
    { key: 'revoked', label: 'Revoked', count: 3 },
    { key: 'failed', label: 'Failed or not allowed', count: 3 },
  ]);
});
