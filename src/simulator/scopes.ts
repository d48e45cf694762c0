import { ApiFailure } from './http/answers.ts';
import type { Token } from './tokens/store.ts';

const orReadOnly = (scope: string): readonly string[] => [scope, `${scope}:readonly`];

/** Scopes by route, the first that fits; any one of them is enough (the vendor's OpenAPI description, summer 2026). */
const SCOPES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^GET \/api\/v2\/tokens\/timeout$/, [...orReadOnly('authorization'), ...orReadOnly('organization')]],
  [/^PUT \/api\/v2\/tokens\/timeout$/, ['authorization']],
  [/^\w+ \/api\/v2\/(?:tokens\/|users\/me$)/, ['user-basic-info']],
  // A search of users reads; one of groups is held to writing, whatever the reason.
  [/^\w+ \/api\/v2\/users/, orReadOnly('users')],
  [/^POST \/api\/v2\/groups\/search$/, ['groups']],
  [/^\w+ \/api\/v2\/groups/, orReadOnly('groups')],
  [/^\w+ \/api\/v2\/authorization\//, orReadOnly('authorization')],
  [/^\w+ \/api\/v2\/organizations\//, orReadOnly('organization')],
];

/**
 * Scopes apply to tokens of users; what client credentials may do, their roles say (help of Genesys Cloud).
 * @param route its pattern.
 * @throws {ApiFailure} 403 `app.not.authorized.for.scope`
 */
export const checkScopes = (route: string, token: Token): void => {
  if (!token.user) return;
  const wanted = SCOPES.find(([fits]) => fits.test(route))?.[1] ?? [];
  if (wanted.some((scope) => token.client.scopes.includes(scope))) return;
  const scopes = `[${wanted.join(', ')}]`;
  throw new ApiFailure({
    status: 403,
    code: 'app.not.authorized.for.scope',
    message: `The application has none of the scopes that this needs: ${scopes}`,
    messageWithParams: 'The application has none of the scopes that this needs: {scopes}',
    params: { scopes },
  });
};
