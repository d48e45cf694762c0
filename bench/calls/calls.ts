import { tellPromises } from '../promises.ts';
import type { Bench } from '../report.ts';
import { callsOfSdk, callsOfTokendesk, MOST_CALLS, type Task } from './measure.ts';

const TASKS: Readonly<Record<Task, string>> = {
  addresses: 'A list of addresses',
  group: 'The members of a group',
  everyone: 'Everyone who is active',
};

/** How many calls choosing takes, beside a loop over the official SDK. */
export const calls: Bench = async (say) => {
  const bySdk = await callsOfSdk();
  const results = (await callsOfTokendesk()).map((result, at) => ({ ...result, sdk: bySdk[at]?.calls ?? 0 }));
  say('| choice | users | Tokendesk, calls | loop over the official SDK, calls | ratio |');
  say('| --- | ---: | ---: | ---: | ---: |');
  for (const { task, users, calls: own, sdk } of results)
    say(`| ${TASKS[task]} | ${users} | ${own} | ${sdk} | ${(sdk / own).toFixed(1)} |`);
  const promises = results.map(({ task, users, calls: own }) => ({
    promise: `${TASKS[task]}: at most ${MOST_CALLS[task]} calls`,
    measured: `${own} for ${users} users`,
    kept: own <= MOST_CALLS[task],
  }));
  tellPromises(promises, say);
  return {
    kept: promises.every(({ kept }) => kept),
    result: { results, promises },
    ratios: Object.fromEntries(
      results.map(({ task, calls: own, sdk }) => [
        `calls of the SDK for one of ours: ${task}`,
        { value: sdk / own, better: 'higher' as const },
      ]),
    ),
  };
};
