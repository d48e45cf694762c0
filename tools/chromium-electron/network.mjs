// @ts-check
import { netFetch } from './net.mjs';
import { runtime } from './runtime.mjs';
import { forgetSockets } from './sockets.mjs';

/**
 * The stand-in's `net.fetch` for a program of its own, as after a start with these switches: what measures and tests
 * the app's network without its window goes through this.
 * @param {Readonly<Record<string, string>>} switches
 */
export function startNetwork(switches) {
  forgetSockets();
  runtime.switches = new Map(Object.entries(switches));
  return netFetch;
}
