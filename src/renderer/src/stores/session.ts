import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type {
  Connection,
  Permission,
  PermissionState,
  SessionState,
  SignInRequest,
  TokenDetails,
} from '../../../shared/connection.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { call } from '../bridge.ts';
import { isDemo, type Operator } from '../domain/connections.ts';
import { askedCall } from './asked-call.ts';
import { follow } from './follow.ts';

/** Another connection is in use from now on, or none: what was known of the one before is over. */
export function onConnectionChange(then: () => void): void {
  const session = useSessionStore();
  watch(() => session.connection?.id, then);
}

/**
 * Who is signed in, where, and what they may do.
 * Long: one state, and each of main's calls that changes it, one after the other.
 */
export const useSessionStore = defineStore('session', () => {
  const session = shallowRef<SessionState>({ kind: 'signed-out' });
  const connections = shallowRef<readonly Connection[]>([]);
  /** Id of the connection that is being signed in to, or `new`. */
  const busyWith = ref<string | null>(null);
  /** Why the last attempt to use a saved connection failed, wherever it was made. */
  const switchFailure = shallowRef<{ readonly connectionId: string; readonly error: AppError } | null>(null);
  const askSession = follow('session.changed', session);
  const askConnections = follow('connections.changed', connections);
  const beginSession = askSession();
  const beginConnections = askConnections();

  const connection = computed(() => (session.value.kind === 'signed-out' ? null : session.value.connection));
  /** The connection that can be used now: an ended token keeps its connection, and is of no use. */
  const inUse = computed(() => (session.value.kind === 'signed-in' ? session.value.connection : null));
  const signedIn = computed(() => inUse.value !== null);
  const token = computed(() => (session.value.kind === 'signed-in' ? session.value.token : null));
  /** Who is signed in, by the id and name that a run remembers; null while nobody is. */
  const operator = computed((): Operator | null => {
    if (!token.value) return null;
    const { user, client } = token.value;
    return { id: user?.id ?? null, name: user?.name ?? client?.name ?? inUse.value?.label ?? '' };
  });
  const demo = computed(() => connection.value !== null && isDemo(connection.value));

  /** Takes over what main knew when it was asked; events are followed from the start. */
  const begin = (state: SessionState, known: readonly Connection[]): void => {
    beginSession(state);
    beginConnections(known);
  };

  const permission = (name: Permission): PermissionState => token.value?.permissions[name] ?? 'unknown';

  const takeSession = async <R extends Result<SessionState> | null>(
    name: string,
    answer: Promise<R>,
  ): Promise<R> => {
    busyWith.value = name;
    const answered = askSession();
    try {
      const result = await answer;
      if (result?.ok) answered(result.data);
      return result;
    } finally {
      busyWith.value = null;
    }
  };

  const takeConnections = async <R extends Result<readonly Connection[]> | null>(
    answer: Promise<R>,
  ): Promise<R> => {
    const answered = askConnections();
    const result = await answer;
    if (result?.ok) answered(result.data);
    return result;
  };

  /** @returns whether the connection is in use now. */
  const switchTo = async (connectionId: string): Promise<boolean> => {
    switchFailure.value = null;
    const result = await takeSession(connectionId, call('connections.switchTo', { connectionId }));
    if (!result.ok) switchFailure.value = { connectionId, error: result.error };
    return result.ok;
  };

  const takeToken = (details: TokenDetails): void => {
    if (session.value.kind === 'signed-in') session.value = { ...session.value, token: details };
  };

  return {
    session,
    connections,
    busyWith,
    switchFailure,
    connection,
    inUse,
    signedIn,
    token,
    operator,
    demo,
    begin,
    permission,
    takeToken,
    /** As all that may ask: null when the person declined in main's dialog. */
    signIn: (request: SignInRequest) => takeSession('new', askedCall('connections.signIn', request)),
    switchTo,
    signOut: () => takeSession('sign-out', askedCall('connections.signOut', null)),
    revokeToken: () => takeSession('revoke', askedCall('token.revoke', null)),
    rename: (connectionId: string, label: string) =>
      takeConnections(call('connections.rename', { connectionId, label })),
    cancelSignIn: () => call('connections.cancelSignIn', null),
    /** The login page that is waited for: once more in the browser, or its address on the clipboard. */
    loginPage: (to: 'browser' | 'clipboard') => call('connections.loginPage', { to }),
    /** Tries again to put the secret into the keychain. */
    keepSecret: () => takeSession('keep', call('connections.keepSecret', null)),
    remove: (connectionId: string, revokeToken: boolean) =>
      takeConnections(askedCall('connections.remove', { connectionId, revokeToken })),
  };
});
