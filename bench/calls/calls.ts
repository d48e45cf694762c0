import { tellPromises } from '../promises.ts';
import { callsOfSdk, callsOfTokendesk, MOST_CALLS, type Task } from './measure.ts';

const TASKS: Readonly<Record<Task, string>> = {
  addresses: 'A list of addresses',
  group: 'The members of a group',
  everyone: 'Everyone who is active',
};

/** @returns whether Tokendesk keeps what it promises. */
export async function calls(json: boolean): Promise<boolean> {
  const bySdk = await callsOfSdk();
  const results = (await callsOfTokendesk()).map((result, at) => ({ ...result, sdk: bySdk[at]?.calls ?? 0 }));
  if (json) console.log(JSON.stringify({ calls: results }, null, 2));
  else {
    console.log('| choice | users | Tokendesk, calls | loop over the official SDK, calls | ratio |');
    console.log('| --- | ---: | ---: | ---: | ---: |');
    for (const { task, users, calls: own, sdk } of results)
      console.log(`| ${TASKS[task]} | ${users} | ${own} | ${sdk} | ${(sdk / own).toFixed(1)} |`);
    tellPromises(
      results.map(({ task, users, calls: own }) => ({
        promise: `${TASKS[task]}: at most ${MOST_CALLS[task]} calls`,
        measured: `${own} for ${users} users`,
        kept: own <= MOST_CALLS[task],
      })),
    );
  }
  return results.every(({ task, calls: own }) => own <= MOST_CALLS[task]);
}
