import type { Answer } from '../http/answers.ts';
import { clientById, type OAuthClient } from '../tokens/clients.ts';
import type { OrgUser } from '../org/org.ts';
import { ADMIN_INDEX, LIMITED_ADMIN_INDEX, SUPERVISOR_INDEX } from '../org/structure.ts';
import type { World } from '../world.ts';
import { consentPage, refusalPage } from './pages.ts';

interface Checked {
  readonly client: OAuthClient;
  readonly redirectUri: string;
  readonly codeChallenge: string;
  readonly state: string | null;
}

/** RFC 7636: base64url of 32 bytes, without padding. */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** A registered address must match entirely; only `http://localhost` without a port stands for any port. */
const redirectFits = (client: OAuthClient, redirectUri: string): boolean => {
  if (client.redirectUris.includes(redirectUri)) return true;
  if (!client.redirectUris.includes('http://localhost')) return false;
  return /^http:\/\/localhost:\d{1,5}\/?$/.test(redirectUri);
};

const redirect = (to: string, params: Readonly<Record<string, string | null>>): Answer => {
  const url = new URL(to);
  for (const [name, value] of Object.entries(params)) if (value !== null) url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' } };
};

type Outcome =
  | { readonly ok: true; readonly request: Checked }
  | { readonly ok: false; readonly answer: Answer };

/** A wrong client or redirect is told on a page, never by a redirect to an address that is not the client's. */
const check = (world: World, params: URLSearchParams): Outcome => {
  const client = clientById(world.clients, params.get('client_id') ?? '');
  if (client?.grant !== 'CODE') return { ok: false, answer: refusalPage('The OAuth client is not known.') };
  const redirectUri = params.get('redirect_uri') ?? '';
  if (!redirectFits(client, redirectUri))
    return { ok: false, answer: refusalPage('The redirect address is not registered for this client.') };
  const state = params.get('state');
  const back = (error: string, description: string): Outcome => ({
    ok: false,
    answer: redirect(redirectUri, { error, error_description: description, state }),
  });
  if (params.get('response_type') !== 'code')
    return back('unsupported_response_type', 'response_type must be code');
  const codeChallenge = params.get('code_challenge') ?? '';
  if (params.get('code_challenge_method') !== 'S256' || !CHALLENGE.test(codeChallenge))
    return back('invalid_request', 'a code_challenge with the method S256 is needed');
  return { ok: true, request: { client, redirectUri, codeChallenge, state } };
};

/** Who can sign in: the users made for a purpose, and whoever the hint names. */
const whoCanSignIn = (world: World, hint: string | null): readonly OrgUser[] => {
  // login_hint is `email:org`, `email` or `org` (official SDK's README).
  const hinted = world.org
    .byEmail((hint ?? '').split(':')[0] ?? '')
    .filter(({ state }) => state === 'active');
  const ready = [ADMIN_INDEX, LIMITED_ADMIN_INDEX, SUPERVISOR_INDEX].map((index) => world.org.user(index));
  const ids = new Set(hinted.map(({ id }) => id));
  return [...hinted, ...ready.filter(({ id }) => !ids.has(id))];
};

/** `GET /oauth/authorize`: asks for consent. `org`, `provider` and `prompt` are taken and change nothing here. */
export const authorizePage = (world: World, params: URLSearchParams): Answer => {
  const checked = check(world, params);
  if (!checked.ok) return checked.answer;
  return consentPage({
    orgName: world.org.name,
    clientName: checked.request.client.name,
    users: whoCanSignIn(world, params.get('login_hint')),
    params,
  });
};

/** `POST /oauth/authorize`: the answer to the page; sends the browser back with a code or with `access_denied`. */
export const authorizeDecision = (world: World, form: URLSearchParams, now: number): Answer => {
  const checked = check(world, form);
  if (!checked.ok) return checked.answer;
  const { client, redirectUri, codeChallenge, state } = checked.request;
  if (form.get('decision') !== 'allow') {
    return redirect(redirectUri, { error: 'access_denied', error_description: 'access was denied', state });
  }
  const user = world.org.byId(form.get('user') ?? '');
  if (user?.state !== 'active') return refusalPage('This user cannot sign in.');
  const code = world.codes.issue({ clientId: client.id, redirectUri, codeChallenge, user }, now);
  return redirect(redirectUri, { code, state });
};
