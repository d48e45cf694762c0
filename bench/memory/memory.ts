import { tellPromises, type Promised } from '../promises.ts';
import type { Bench } from '../report.ts';
import { measureMemory, type Held, type MemoryResult } from './measure.ts';

/** Two plans are kept, and code is compiled as it is used: from the third on nothing more may stay, but for this; bytes. */
const MOST_MORE = 3_000_000;
const SETTLED = 3;

const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** How much more is held at the end than when it had settled. */
const growth = (all: readonly Held[], of: 'main' | 'window'): number => {
  const [first, last] = [all.find(({ after }) => after === SETTLED), all.at(-1)];
  return first && last ? last[of] - first[of] : NaN;
};

const promisesOf = ({ users, plans, hours }: MemoryResult): readonly Promised[] =>
  [
    { what: `ten plans of ${users}`, all: plans },
    { what: "eight idle hours of the window's clock", all: hours },
  ].flatMap(({ what, all }) =>
    (['main', 'window'] as const).map((of) => {
      const more = growth(all, of);
      return {
        promise: `${of === 'main' ? 'Main' : 'The window'} holds at most ${mb(MOST_MORE)} more after ${what} than after ${SETTLED} of them`,
        measured: mb(more),
        kept: more <= MOST_MORE,
      };
    }),
  );

/** Whether memory stays as it is, however long the app is used. */
export const memory: Bench = async (say) => {
  const result = await measureMemory();
  const promises = promisesOf(result);
  say('| after | main holds | the window holds |\n| --- | ---: | ---: |');
  const line = (unit: string, { after, main, window }: Held): string =>
    `| ${after} ${unit}${after === 1 ? '' : 's'} | ${mb(main)} | ${mb(window)} |`;
  for (const one of result.plans) say(line('plan', one));
  for (const one of result.hours) say(line('idle hour', one));
  tellPromises(promises, say);
  const [first, last] = [result.plans.find(({ after }) => after === SETTLED), result.plans.at(-1)];
  return {
    kept: promises.every(({ kept }) => kept),
    result: { ...result, promises },
    ratios: {
      'main after ten plans, of three': {
        value: (last?.main ?? NaN) / (first?.main ?? NaN),
        better: 'lower',
      },
    },
  };
};
