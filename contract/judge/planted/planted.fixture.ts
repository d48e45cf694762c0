import sdk from 'purecloud-platform-client-v2';
import { afterEach, it } from 'vitest';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src/simulator/index.ts';
import { useApi } from '../../sdk.ts';

// Not one of the project's tests: planted.test.ts runs it, to see the judge fail what is asked and answered wrong.
let simulator: Simulator;
afterEach(() => simulator.close());

const start = async (options: SimulatorOptions = {}): Promise<void> => {
  simulator = await startSimulator({ users: 60, ...options });
  useApi(simulator);
};

it('asks right', async () => {
  await start();
  await new sdk.UsersApi().getUsers({ expand: ['conversationSummary'] });
});

it('asks wrong', async () => {
  await start({ unknownExpand: 'ignore' });
  await new sdk.UsersApi().getUsers({ expand: ['conversationsummary'] });
});

it('is answered wrong', async () => {
  await start({
    // What is exempt for one call is not for another.
    revokeStatus: 200,
    timeoutBundles: [
      { priority: 1, timeoutSeconds: 900, groups: ['Trainers'], inactivityTimeoutUnit: 'Days' },
    ],
  });
  await new sdk.TokensApi().getTokensTimeout();
});
