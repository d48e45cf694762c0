// @ts-check

/**
 * @typedef {object} Bridge
 * @property {(name: string, api: unknown) => void} expose
 * @property {(listener: (kind: 'close' | 'open', detail?: any) => void) => void} onRequest
 */

/**
 * contextBridge: runs in both worlds of the page before any of its scripts, and carries calls between them. The
 * worlds share the DOM but no JavaScript objects; a CustomEvent is delivered synchronously to the other world,
 * which gets a structured clone of its `detail`. `key` is random, so the page cannot guess the event's name.
 *
 * The function is turned into text: it must refer to nothing outside itself.
 *
 * @param {string} key
 * @param {'main' | 'isolated'} me
 * @param {'main' | 'isolated'} peer
 * @returns {Bridge | null} null in a subframe, which gets no preload
 */
export function bridge(key, me, peer) {
  if (window !== window.parent) return null;
  const REFUSED = 'An object could not be cloned.';
  const fire = EventTarget.prototype.dispatchEvent.bind(window);
  /** @type {Map<number, Function>} */
  const functions = new Map();
  /** @type {WeakMap<Function, number>} */
  const functionIds = new WeakMap();
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const promises = new Map();
  let lastId = 0;
  /** @type {any} */
  let answer;
  /** @type {(kind: any, detail?: any) => void} */
  let requested = () => {};

  /** @param {any} message */
  function tell(message) {
    answer = undefined;
    fire(new CustomEvent(key + peer, { detail: message }));
    return answer;
  }
  const messageOf = (/** @type {unknown} */ error) =>
    error instanceof Error ? error.message : String(error);

  /** @param {Function} f */
  function idOf(f) {
    let id = functionIds.get(f);
    if (id === undefined) {
      id = ++lastId;
      functionIds.set(f, id);
      functions.set(id, f);
    }
    return id;
  }

  /** @param {any} value @returns {any} */
  function pack(value) {
    if (typeof value === 'function') return { kind: 'function', id: idOf(value) };
    if (typeof value === 'symbol') throw new Error(REFUSED);
    if (value === null || typeof value !== 'object') return { kind: 'value', value };
    if (value instanceof Promise) {
      const id = ++lastId;
      const failed = (/** @type {unknown} */ error) => tell({ t: 'settle', id, error: messageOf(error) });
      value.then((result) => tell({ t: 'settle', id, value: pack(result) })).catch(failed);
      return { kind: 'promise', id };
    }
    if (value instanceof Error) return { kind: 'error', message: value.message };
    try {
      return { kind: 'value', value: structuredClone(value) };
    } catch {
      // It holds functions or promises, or cannot be cloned at all.
    }
    const isList = Array.isArray(value);
    const items = Object.entries(value).map(([name, item]) => ({ name, item: pack(item) }));
    // Nothing inside explains the refusal, so it is the object itself: a Proxy, say a Vue reactive object.
    if (items.every(({ item }) => item.kind === 'value')) throw new Error(REFUSED);
    return { kind: isList ? 'list' : 'object', items };
  }

  /** @param {any} packed @param {boolean} [freeze] @returns {any} */
  function unpack(packed, freeze) {
    switch (packed.kind) {
      case 'function':
        return (/** @type {any[]} */ ...args) => {
          const result = tell({ t: 'call', id: packed.id, args: args.map(pack) });
          if (result?.error !== undefined) throw new Error(result.error);
          return result && unpack(result.value);
        };
      case 'promise':
        return new Promise((resolve, reject) => promises.set(packed.id, { resolve, reject }));
      case 'error':
        return new Error(packed.message);
      case 'list':
      case 'object': {
        /** @type {any} */
        const out = packed.kind === 'list' ? [] : {};
        for (const { name, item } of packed.items) out[name] = unpack(item, freeze);
        return freeze ? Object.freeze(out) : out;
      }
      default:
        return packed.value;
    }
  }

  /** @type {Record<string, (message: any) => void>} */
  const on = {
    return: (message) => {
      answer = message;
    },
    expose: ({ name, api }) => {
      if (name in window) {
        tell({
          t: 'return',
          error: 'Cannot bind an API on top of an existing property on the window object',
        });
        return;
      }
      Object.defineProperty(window, name, { value: unpack(api, true), enumerable: true });
      tell({ t: 'return' });
    },
    call: ({ id, args }) => {
      let result;
      try {
        const value = functions.get(id)?.(...args.map((/** @type {any} */ arg) => unpack(arg)));
        result = { t: 'return', value: pack(value) };
      } catch (error) {
        result = { t: 'return', error: messageOf(error) };
      }
      tell(result);
    },
    settle: ({ id, value, error }) => {
      const waiting = promises.get(id);
      promises.delete(id);
      if (error === undefined) waiting?.resolve(unpack(value));
      else waiting?.reject(new Error(error));
    },
    request: ({ kind, detail }) => requested(kind, detail),
  };
  window.addEventListener(
    key + me,
    (event) => {
      event.stopImmediatePropagation();
      const message = /** @type {CustomEvent} */ (event).detail;
      on[message.t]?.(message);
    },
    true,
  );

  if (me === 'main') {
    // Chromium lets a page close only what it opened itself, and opens what main would refuse.
    window.close = () => void tell({ t: 'request', kind: 'close' });
    window.open = (url = '', target = '', features = '') => {
      const address = url === '' ? 'about:blank' : new URL(String(url), document.baseURI).href;
      tell({ t: 'request', kind: 'open', detail: { url: address, frameName: target, features } });
      return null;
    };
  }
  return {
    expose(name, api) {
      const result = tell({ t: 'expose', name, api: pack(api) });
      if (result?.error !== undefined) throw new Error(result.error);
    },
    onRequest(listener) {
      requested = listener;
    },
  };
}
