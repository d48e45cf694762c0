import type { EventName, Events } from '../../../shared/events.ts';
import type { Bridge, CallInput, CallName, CallOutput } from '../../../shared/ipc.ts';
import { failed, type Result } from '../../../shared/result.ts';

/** What the fake main answers, call by call. What is missing fails by name. */
export type Answers = {
  readonly [K in CallName]?: (input: CallInput<K>) => Result<CallOutput<K>> | Promise<Result<CallOutput<K>>>;
};

export interface FakeBridge {
  /** Every call so far, oldest first. */
  readonly calls: readonly { readonly name: CallName; readonly input: unknown }[];
  emit: <K extends EventName>(name: K, payload: Events[K]) => void;
}

/** Puts a bridge without a main process on the window: for tests, and for looking at the renderer alone. */
export function installFakeBridge(answers: Answers): FakeBridge {
  const calls: { name: CallName; input: unknown }[] = [];
  const listeners = new Map<string, Set<(payload: never) => void>>();

  const call = new Proxy({} as Bridge['call'], {
    get: (_, name: CallName) => (input: never) => {
      // As IPC does: a Vue proxy or a function cannot pass.
      calls.push({ name, input: structuredClone(input) });
      const answer = answers[name] as
        | ((input: never) => Result<unknown> | Promise<Result<unknown>>)
        | undefined;
      return Promise.resolve(
        answer?.(input) ?? failed({ code: 'internal', message: `The fake main has no answer to ${name}` }),
      );
    },
  });
  const on = new Proxy({} as Bridge['on'], {
    get: (_, name: string) => (listener: (payload: never) => void) => {
      const ofName = listeners.get(name) ?? new Set();
      listeners.set(name, ofName.add(listener));
      return () => ofName.delete(listener);
    },
  });
  Object.defineProperty(window, 'tokendesk', { value: { call, on } satisfies Bridge, configurable: true });

  return {
    calls,
    emit: (name, payload) => {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    },
  };
}
