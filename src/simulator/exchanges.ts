import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Fault } from './faults.ts';
import { contentOf, type Reply } from './http/listener.ts';
import type { Settings } from './options.ts';

/** Why an exchange is not what the API's own description has: it was asked for, and says so by name. */
export type Exemption =
  /** A fault was injected into it. */
  | { readonly kind: 'fault'; readonly fault: Fault['kind'] }
  /** A setting lets this field stand for what a later API may have. */
  | { readonly kind: 'future-field'; readonly field: string }
  /** A setting makes the simulator answer otherwise than the description says. */
  | { readonly kind: 'setting'; readonly setting: string };

/** One request to the API host and its answer, as they cross the network. */
export interface Exchange {
  readonly method: string;
  /** Path and query, as they came. */
  readonly url: string;
  readonly requestType: string | undefined;
  /** The request's body; null when it was not read. */
  readonly requestBody: string | null;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly answerType: string | undefined;
  readonly answerBody: string;
  readonly exempt: readonly Exemption[];
}

/** Fields of bundles that no description has: settings may hold such ones. */
const BUNDLE_FIELDS = ['priority', 'timeoutSeconds', 'inactivityTimeoutUnit', 'groups'];

const futureFields = ({ timeoutExtras, timeoutBundles }: Settings): readonly string[] => [
  ...Object.keys(timeoutExtras),
  ...(timeoutBundles ?? []).flatMap(Object.keys).filter((field) => !BUNDLE_FIELDS.includes(field)),
];

/** `DELETE /api/v2/tokens/{userId}`: what the setting `revokeStatus` is about, and no other call. */
const isRevocation = ({ method, url }: IncomingMessage): boolean =>
  method === 'DELETE' && /^\/api\/v2\/tokens\/(?!me\b)/.test(url ?? '');

const exemptionsOf = (
  request: IncomingMessage,
  settings: Settings,
  fault: Fault['kind'] | undefined,
): readonly Exemption[] => [
  ...(fault ? [{ kind: 'fault', fault } as const] : []),
  ...futureFields(settings).map((field) => ({ kind: 'future-field', field }) as const),
  ...(settings.revokeStatus !== 204 && isRevocation(request)
    ? [{ kind: 'setting', setting: 'revokeStatus' } as const]
    : []),
];

/**
 * Channel of every exchange of every simulated API host in this process. Nothing is put together while nobody listens.
 * https://nodejs.org/api/diagnostics_channel.html
 */
export const EXCHANGES = 'tokendesk:simulator:exchange';

const exchanges = channel(EXCHANGES);

/** @param body what the request said; null when it was not read. */
export const publishExchange = (
  request: IncomingMessage,
  body: string | null,
  { answer }: Reply,
  settings: Settings,
  fault: Fault['kind'] | undefined,
): void => {
  if (!exchanges.hasSubscribers) return;
  const content = answer.status === 204 ? undefined : contentOf(answer);
  const exchange: Exchange = {
    method: request.method ?? '',
    url: request.url ?? '',
    requestType: request.headers['content-type'],
    requestBody: body,
    status: answer.status,
    headers: answer.headers ?? {},
    answerType: content?.type,
    answerBody: request.method === 'HEAD' ? '' : (content?.text ?? ''),
    exempt: exemptionsOf(request, settings, fault),
  };
  exchanges.publish(exchange);
};
