import { notFound, type Answer } from '../http/answers.ts';
import type { ApiCall } from '../http/call.ts';
import { MAX_BODY_BYTES } from '../http/body.ts';
import { route, type Route } from '../http/router.ts';
import { callsPerMinute, LIMITS_NAMESPACE } from '../limits.ts';

const organization = ({ world: { org, settings } }: ApiCall): Answer => ({
  status: 200,
  body: {
    id: org.id,
    name: org.name,
    defaultLanguage: 'en-US',
    defaultCountryCode: 'US',
    domain: org.domain,
    version: 1,
    state: 'active',
    voicemailEnabled: true,
    productPlatform: 'PureCloud',
    features: { purecloud: true, directory: true, chat: true, hipaa: settings.hipaa },
    selfUri: '/api/v2/organizations/me',
  },
});

const limits = (call: ApiCall): Answer => {
  const namespace = call.params['namespaceName'] ?? '';
  if (namespace !== LIMITS_NAMESPACE) throw notFound(`No limits namespace "${namespace}".`);
  const perMinute = callsPerMinute(call.world.settings);
  // Where a token may more than by default, the org's limits were raised too.
  const ofOrg = Math.max(3000, perMinute);
  const values: Readonly<Record<string, number>> = {
    'token.rate.per.minute': perMinute,
    'client.credentials.token.rate.per.minute': perMinute,
    // Only told: over all clients of a user these are not counted here.
    'org.app.user.rate.per.minute': ofOrg,
    'org.user.rate.per.minute': ofOrg,
    'request.bytes.max': MAX_BODY_BYTES,
  };
  return {
    status: 200,
    body: { entities: Object.entries(values).map(([key, value]) => ({ key, namespace, value })) },
  };
};

export const organizationRoutes: readonly Route[] = [
  route('GET /api/v2/organizations/me', [], organization),
  route('GET /api/v2/organizations/limits/namespaces/:namespaceName', [], limits),
];
