import { isGuid } from '../../shared/guid.ts';
import { badRequest, notFound, type Answer } from '../http/answers.ts';
import type { ApiCall } from '../http/call.ts';
import { route, type Route } from '../http/router.ts';
import type { OAuthClient } from '../tokens/clients.ts';

const clientView = (call: ApiCall, client: OAuthClient): Record<string, unknown> => ({
  id: client.id,
  name: client.name,
  authorizedGrantType: client.grant,
  scope: client.scopes,
  roleDivisions: client.roleIds.map((roleId) => ({
    roleId,
    divisionId: call.world.org.divisions[0]?.id ?? '',
  })),
  state: 'active',
  organization: { id: client.ownerId, name: client.ownerName },
});

const tokenInfo = (call: ApiCall): Answer => {
  const { world, token } = call;
  const { id, name } = world.org;
  const idlesAt = world.tokens.idlesAt(token);
  return {
    status: 200,
    body: {
      organization: { id, name },
      homeOrganization: { id, name },
      authorizedScope: token.client.scopes,
      // Absent when idle timeout is off: the description names no other value.
      ...(idlesAt === null ? {} : { dateTokenIdles: new Date(idlesAt).toISOString() }),
      OAuthClient: clientView(call, token.client),
    },
  };
};

const revokeUser = (call: ApiCall): Answer => {
  const { world } = call;
  const { settings } = world;
  const userId = call.params['userId'] ?? '';
  if (!isGuid(userId)) throw badRequest(`"${userId}" is not a user id.`);
  const missing = notFound(`No user with id ${userId}.`);
  const user = world.org.byId(userId);
  if (!user) {
    if (settings.revokeUnknownUser === 404) throw missing;
    return { status: 204 };
  }
  if (user.state === 'deleted') {
    if (settings.revokeDeletedUser === 404) throw missing;
    return { status: 204 };
  }
  const tokensEnded = world.tokens.endUser(user);
  if (tokensEnded === 0 && settings.revokeWithoutTokens === 'not-found') throw missing;
  world.ledger.revocation(user.id, { at: call.now, tokensEnded, correlationId: call.correlationId });
  return { status: settings.revokeStatus };
};

/** The six operations on tokens: all that the public API has. */
export const tokenRoutes: readonly Route[] = [
  route('GET /api/v2/tokens/me', [], tokenInfo),
  route('HEAD /api/v2/tokens/me', [], () => ({ status: 200 })),
  route('DELETE /api/v2/tokens/me', [], ({ world, token }) => {
    world.tokens.end(token);
    return { status: 200 };
  }),
  // Reading lost its permission in September 2024 (official SDK's documents).
  route('GET /api/v2/tokens/timeout', [], ({ world }) => ({ status: 200, body: world.timeout.get() })),
  route('PUT /api/v2/tokens/timeout', ['directory:organization:admin'], ({ world, body }) => {
    world.timeout.put(body);
    return { status: 200, body: world.timeout.get() };
  }),
  route('DELETE /api/v2/tokens/:userId', ['oauth:token:delete'], revokeUser),
];
