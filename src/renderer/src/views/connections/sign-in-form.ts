import type { SecretInput, SignInRequest } from '../../../../shared/connection.ts';
import type { ConnectionRegion } from '../../../../shared/regions.ts';

export type FormMethod = 'demo' | 'client-credentials' | 'access-token';

export interface SignInForm {
  method: FormMethod;
  /** AWS name of a region, or `custom`. */
  region: string;
  apiHost: string;
  loginHost: string;
  clientId: string;
  secret: SecretInput;
  label: string;
  remember: boolean;
}

export type FormField = 'apiHost' | 'loginHost' | 'clientId' | 'secret';
export type FormProblems = Readonly<Partial<Record<FormField, string>>>;

type Checked =
  | { readonly ok: true; readonly request: SignInRequest }
  | { readonly ok: false; readonly problems: FormProblems };

export const emptyForm = (): SignInForm => ({
  method: 'client-credentials',
  region: 'us-east-1',
  apiHost: '',
  loginHost: '',
  clientId: '',
  secret: { from: 'typed', value: '' },
  label: '',
  remember: true,
});

/** An https address from what people type: with or without `https://`, a path is allowed. Null when it is none. */
export function httpsBase(input: string): string | null {
  const text = input.trim();
  try {
    const url = new URL(text.includes('://') ? text : `https://${text}`);
    const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
    return url.protocol === 'https:' && url.hostname !== '' && plain ? url.href.replace(/\/+$/, '') : null;
  } catch {
    return null;
  }
}

const HOST_PROBLEM = 'Enter an https address, for example “api.example.com”.';

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
  const withClient = form.method === 'client-credentials';
  const noSecret = form.secret.from === 'typed' && form.secret.value.trim() === '';
  const problems: FormProblems = {
    ...ofRegion,
    ...(withClient && form.clientId.trim() === '' ? { clientId: 'Enter the client id.' } : {}),
    ...(noSecret ? { secret: withClient ? 'Enter the client secret.' : 'Enter the access token.' } : {}),
  };
  if (!region || Object.keys(problems).length > 0) return { ok: false, problems };
  const shared = { region, label: form.label.trim(), remember: form.remember };
  const secret: SecretInput =
    form.secret.from === 'typed' ? { from: 'typed', value: form.secret.value.trim() } : form.secret;
  return {
    ok: true,
    request: withClient
      ? { method: 'client-credentials', ...shared, clientId: form.clientId.trim(), clientSecret: secret }
      : { method: 'access-token', ...shared, token: secret },
  };
}
