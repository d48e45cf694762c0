// @ts-check
import { EventEmitter } from 'node:events';
import { notSupported } from './guard.mjs';

const KNOWN = Symbol('known events');

/** An EventEmitter that refuses, by name, to wait for an event that would never come. */
export class Emitter extends EventEmitter {
  /**
   * @param {string} label as the error names it
   * @param {readonly string[]} known the events that we have
   */
  constructor(label, known) {
    super();
    Object.defineProperty(this, KNOWN, {
      value: (/** @type {string | symbol} */ name) => {
        if (!known.includes(String(name))) throw notSupported(`${label} event '${String(name)}'`);
      },
    });
    this.setMaxListeners(0);
  }

  /**
   * `once` comes through here too.
   * @override
   * @param {string | symbol} name
   * @param {(...args: any[]) => void} listener
   */
  on(name, listener) {
    /** @type {any} */ (this)[KNOWN](name);
    return super.on(name, listener);
  }

  /**
   * @override
   * @param {string | symbol} name
   * @param {(...args: any[]) => void} listener
   */
  addListener(name, listener) {
    return this.on(name, listener);
  }
}

/**
 * Electron's event object.
 * @template {object} T
 * @param {T} [details]
 */
export function newEvent(details) {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
    .../** @type {T} */ (details ?? {}),
  };
}
