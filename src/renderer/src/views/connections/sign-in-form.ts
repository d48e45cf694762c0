import type { Connection, SecretInput, SignInRequest } from '../../../../shared/connection.ts';
import type { ConnectionRegion } from '../../../../shared/regions.ts';
import type { AppError } from '../../../../shared/result.ts';
import { ERROR_MESSAGES } from '../../messages/errors.ts';

type FormMethod = SignInRequest['method'];

export interface SignInForm {
  method: FormMethod;
  /** AWS name of a region, or `custom`. */
  region: string;
  apiHost: string;
  loginHost: string;
  clientId: string;
  secret: SecretInput;
  promptLogin: boolean;
  /** Short name of the org, and its identity provider: both or neither. */
  ssoOrganization: string;
  ssoProvider: string;
  label: string;
  remember: boolean;
}

type FormField = 'apiHost' | 'loginHost' | 'clientId' | 'secret' | 'ssoOrganization' | 'ssoProvider';
export type FormProblems = Readonly<Partial<Record<FormField, string>>>;

type Checked =
  | { readonly ok: true; readonly request: SignInRequest }
  | { readonly ok: false; readonly problems: FormProblems };

/** The form as it opens where nobody signs in again. */
export const emptyForm = (): SignInForm => ({
  method: 'client-credentials',
  region: 'us-east-1',
  apiHost: '',
  loginHost: '',
  clientId: '',
  secret: { from: 'typed', value: '' },
  promptLogin: false,
  ssoOrganization: '',
  ssoProvider: '',
  label: '',
  remember: true,
});

/** The form for a new token of a connection: everything is known but the secret. */
export function formAgain({ method, region, clientId, label }: Connection): SignInForm {
  const form = { ...emptyForm(), method, clientId: clientId ?? '', label };
  if (region.kind === 'genesys') return { ...form, region: region.id };
  if (region.kind === 'demo') return form;
  return { ...form, region: 'custom', apiHost: region.apiBase, loginHost: region.loginBase };
}

/** An https address from what people type: with or without `https://`, a path is allowed. Null when it is none. */
export function httpsBase(input: string): string | null {
  const text = input.trim();
  try {
    const url = new URL(text.includes('://') ? text : `https://${text}`);
    const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
    if (url.protocol !== 'https:' || url.hostname === '' || !plain) return null;
    let base = url.href;
    while (base.endsWith('/')) base = base.slice(0, -1);
    return base;
  } catch {
    return null;
  }
}

/** What is said of a text that is no such address. */
export const HOST_PROBLEM = 'Enter an https address, for example “api.example.com”.';

function regionOf(form: SignInForm): { region: ConnectionRegion | null; problems: FormProblems } {
  if (form.region !== 'custom') return { region: { kind: 'genesys', id: form.region }, problems: {} };
  const apiBase = httpsBase(form.apiHost);
  const loginBase = httpsBase(form.loginHost);
  if (apiBase && loginBase) return { region: { kind: 'custom', apiBase, loginBase }, problems: {} };
  return {
    region: null,
    problems: {
      ...(apiBase ? {} : { apiHost: HOST_PROBLEM }),
      ...(loginBase ? {} : { loginHost: HOST_PROBLEM }),
    },
  };
}

/** The request that the form stands for, or what is wrong with each field. */
export function checkForm(form: SignInForm): Checked {
  if (form.method === 'demo') return { ok: true, request: { method: 'demo' } };
  const { region, problems: ofRegion } = regionOf(form);
  const { method } = form;
  const clientId = form.clientId.trim();
  const problems: FormProblems = {
    ...ofRegion,
    ...(method !== 'access-token' && clientId === '' ? { clientId: 'Enter the client id.' } : {}),
    ...secretProblem(form),
    ...ssoProblems(form),
  };
  if (!region || Object.keys(problems).length > 0) return { ok: false, problems };
  const shared = { region, label: form.label.trim(), remember: form.remember };
  const secret: SecretInput =
    form.secret.from === 'typed' ? { from: 'typed', value: form.secret.value.trim() } : form.secret;
  switch (method) {
    case 'client-credentials':
      return { ok: true, request: { method, ...shared, clientId, clientSecret: secret } };
    case 'access-token':
      return { ok: true, request: { method, ...shared, token: secret } };
    case 'pkce':
      return {
        ok: true,
        request: { method, ...shared, clientId, promptLogin: form.promptLogin, sso: ssoOf(form) },
      };
  }
}

/**
 * What a refusal says of a field of the form: whose it is stands beside it. Empty where no field is at fault.
 * @param region its name as people know it
 */
export function problemsOfRefusal({ code }: AppError, form: SignInForm, region: string): FormProblems {
  if (code !== 'wrong-credentials') return {};
  const { title } = ERROR_MESSAGES[code];
  switch (form.method) {
    case 'client-credentials':
      return {
        secret: `${title} in ${region}: client id or secret is wrong or revoked, or they belong to another region. Nothing was stored.`,
      };
    case 'access-token':
      return {
        secret: `${title} in ${region}: the token is wrong, has ended, or belongs to another region. Nothing was stored.`,
      };
    case 'pkce':
      return {
        clientId: `${title} in ${region}: there is no such client, or it does not allow signing in by the browser. Nothing was stored.`,
      };
    case 'demo':
      return {};
  }
}

function secretProblem({ method, secret }: SignInForm): FormProblems {
  if (method === 'pkce' || secret.from === 'clipboard' || secret.value.trim() !== '') return {};
  return { secret: method === 'access-token' ? 'Enter the access token.' : 'Enter the client secret.' };
}

function ssoProblems({ method, ssoOrganization, ssoProvider }: SignInForm): FormProblems {
  const organization = ssoOrganization.trim() !== '';
  const provider = ssoProvider.trim() !== '';
  if (method !== 'pkce' || organization === provider) return {};
  return organization
    ? { ssoProvider: 'Enter the identity provider too, or leave both empty.' }
    : { ssoOrganization: 'Enter the organization too, or leave both empty.' };
}

const ssoOf = ({ ssoOrganization, ssoProvider }: SignInForm) =>
  ssoOrganization.trim() === ''
    ? null
    : { organization: ssoOrganization.trim(), provider: ssoProvider.trim() };
