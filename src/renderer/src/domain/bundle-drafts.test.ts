import { describe, expect, it } from 'vitest';
import { bundleDraft } from './timeout-edits.ts';
import { addedDraft, changedDraft, movedDraft } from './bundle-drafts.ts';

let keys = 0;
const newKey = () => (keys += 1);
const draft = (priority: number) =>
  bundleDraft(
    { priority, timeoutSeconds: 600 * priority, unit: 'Minutes', groupIds: [`g${priority}`] },
    newKey,
  );
const drafts = [draft(1), draft(2), draft(3)];
const seen = (all: typeof drafts | readonly ReturnType<typeof draft>[]) =>
  all.map(({ bundle }) => [bundle.priority, bundle.timeoutSeconds]);

describe('group timeouts that are edited', () => {
  it('take the priorities of their new places, and keep their times', () => {
    expect(seen(movedDraft(drafts, 2, 0))).toEqual([
      [1, 1800],
      [2, 600],
      [3, 1200],
    ]);
  });

  it('stay the same ones where there is no such place', () => {
    for (const [from, to] of [
      [0, -1],
      [2, 3],
      [7, 0],
    ] as const)
      expect(movedDraft(drafts, from, to)).toBe(drafts);
  });

  it('get a new one behind the others, with a key of its own and no group', () => {
    const [...after] = addedDraft(drafts, 5400, 77);
    expect(after).toHaveLength(4);
    expect(after[3]).toMatchObject({
      key: 77,
      bundle: { timeoutSeconds: 5400, unit: 'Minutes', groupIds: [] },
    });
    expect(after.slice(0, 3)).toEqual(drafts);
  });

  it('are changed one at a time', () => {
    const time = { text: '1 h', was: null };
    const after = changedDraft(drafts, drafts[1]?.key ?? 0, { time });
    expect(after.map((one) => one.time === time)).toEqual([false, true, false]);
  });
});
