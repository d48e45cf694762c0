// @ts-check
import { EventEmitter } from 'node:events';
import { guard } from './guard.mjs';

/** @typedef {(event: any, ...args: any[]) => unknown} Handler */

/** @type {Map<string, Handler>} */
const handlers = new Map();

/** @param {string} channel @returns {Handler} */
export function handlerOf(channel) {
  const handler = handlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  return handler;
}

/** Its events are the app's own channels, so here every name may be waited for. */
export const ipcMain = guard(
  'ipcMain',
  Object.assign(new EventEmitter(), {
    /** @param {string} channel @param {Handler} handler */
    handle(channel, handler) {
      if (handlers.has(channel)) {
        throw new Error(`Attempted to register a second handler for '${channel}'`);
      }
      handlers.set(channel, handler);
    },
    /** @param {string} channel */
    removeHandler(channel) {
      handlers.delete(channel);
    },
  }),
);
