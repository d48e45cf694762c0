import { test } from './support/app.ts';

// Every end-to-end test is held against the API's description (the fixture `judged`); here the judge itself is tried.
// That it hears the demo organisation inside main as well, first-start.spec.ts sees.

test('a request that the API does not take fails the test that made it', async ({ simulator }) => {
  test.fail();
  await fetch(`${simulator.api}/api/v2/users?expand=conversationsummary`, {
    headers: { authorization: `Bearer ${simulator.token}` },
  });
});

test.describe('an org whose idle timeout has a unit that there is not', () => {
  const bundle = { priority: 1, timeoutSeconds: 900, groups: ['Trainers'], inactivityTimeoutUnit: 'Days' };
  test.use({ simulatorOptions: { timeoutBundles: [bundle] } });

  test('an answer that the API does not give fails the test that saw it', async ({ simulator }) => {
    test.fail();
    await fetch(`${simulator.api}/api/v2/tokens/timeout`, {
      headers: { authorization: `Bearer ${simulator.token}` },
    });
  });
});
