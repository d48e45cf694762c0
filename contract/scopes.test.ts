import { expect, it } from 'vitest';
import { NEEDED_SCOPES } from '../src/renderer/src/domain/needed-scopes.ts';
import { OPERATIONS } from './description/operations.ts';

const wanted = Object.entries(OPERATIONS).map(([name, { scopes }]) => ({ name, scopes }));
const notCovered = (scopes: readonly string[]): readonly string[] =>
  wanted.filter((one) => !one.scopes.some((scope) => scopes.includes(scope))).map(({ name }) => name);

it('the guide names exactly the scopes that the calls need', () => {
  expect(notCovered(NEEDED_SCOPES)).toEqual([]);
  for (const scope of NEEDED_SCOPES) {
    const others = NEEDED_SCOPES.filter((one) => one !== scope);
    expect(notCovered(others), `without ${scope}`).not.toEqual([]);
    if (!scope.endsWith(':readonly'))
      expect(notCovered([...others, `${scope}:readonly`]), `${scope} read-only`).not.toEqual([]);
  }
});
