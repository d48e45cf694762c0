import { tellPromises, type Promised } from '../promises.ts';
import type { Bench } from '../report.ts';
import { measureLarge, type Phase } from './measure.ts';

const MB = 1_000_000;

/** Growth of main's memory, bytes. */
const MOST_GROWTH = 100 * MB;

/** The window hears of a run five times a second and of the rate limit once at most, and of each change of state. */
const MOST_EVENTS_A_SECOND = 6;
const CHANGES_OF_STATE = 5;

/** A task of the window while a run goes on, ms. */
const LONGEST_TASK_MS = 100;

const mb = (bytes: number): string => `${(bytes / MB).toFixed(0)} MB`;

const isRun = ({ name }: Phase): boolean => name.startsWith('Running');

const promisesOf = (phases: readonly Phase[]): readonly Promised[] => {
  const running = phases.filter(isRun);
  const sum = (of: (phase: Phase) => number): number => running.reduce((all, phase) => all + of(phase), 0);
  const growth = Math.max(...phases.map((phase) => phase.growth));
  const longest = Math.max(...running.map(({ longestTask }) => longestTask));
  const events = sum((phase) => phase.events);
  const users = sum((phase) => phase.users);
  const most = MOST_EVENTS_A_SECOND * sum(({ seconds }) => seconds) + CHANGES_OF_STATE * running.length;
  return [
    {
      promise: `Main grows by less than ${mb(MOST_GROWTH)}`,
      measured: mb(growth),
      kept: growth < MOST_GROWTH,
    },
    {
      promise: `No message per user: at most ${MOST_EVENTS_A_SECOND} a second`,
      measured: `${events} messages for ${users} users`,
      kept: events <= most && events < users,
    },
    {
      promise: `No task of the window over ${LONGEST_TASK_MS} ms while running`,
      measured: `longest ${longest.toFixed(0)} ms`,
      kept: longest <= LONGEST_TASK_MS,
    },
  ];
};

const line = ({ name, seconds, growth, users, events, longestTask, heldUp }: Phase): string =>
  `| ${[
    name,
    `${seconds.toFixed(1)} s`,
    mb(growth),
    users || '',
    events,
    longestTask === 0 ? 'under 50 ms' : `${longestTask.toFixed(0)} ms`,
    `${heldUp.toFixed(0)} ms`,
  ].join(' | ')} |`;

/**
 * A plan and a run of 100,000 users. No part of it can be measured once more by itself: each phase tells how long this
 * process was held up in it.
 */
export const large: Bench = async (say) => {
  say(
    '| phase | time | main has grown by | users | messages | longest task of the window | this process was held up |',
  );
  say('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  const phases: Phase[] = [];
  const result = await measureLarge((phase) => {
    phases.push(phase);
    say(line(phase));
  });
  const promises = promisesOf(phases);
  say(`\n${result.planned} users in the plan; main held ${mb(result.held)} of objects at the end.`);
  tellPromises(promises, say);
  const running = phases.filter(isRun);
  const [users, events] = (['users', 'events'] as const).map((of) =>
    running.reduce((sum, phase) => sum + phase[of], 0),
  );
  return {
    kept: promises.every(({ kept }) => kept),
    result: { ...result, phases, promises },
    ratios: {
      'growth of main, of what is promised': {
        value: Math.max(...phases.map(({ growth }) => growth)) / MOST_GROWTH,
        better: 'lower',
      },
      'users for a message': { value: (users ?? 0) / (events || 1), better: 'higher' },
    },
  };
};
