import { ask } from './ask.ts';

/**
 * Asked before any other line of the window's script runs, so that main answers meanwhile. Nothing is missed by that: the
 * stores listen before this turn of the page ends, and neither an answer nor an event comes in before the next.
 */
export const firstSnapshot = ask('app.snapshot', null);
