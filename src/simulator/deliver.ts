import type { IncomingMessage } from 'node:http';
import type { FaultDraw } from './faults.ts';
import type { Answer } from './http/answers.ts';
import type { Delivery, Reply } from './http/listener.ts';
import { splitPath } from './http/router.ts';
import type { World } from './world.ts';

/** A call as it came in, and the faults that are drawn for it. */
export interface Received {
  /** ms since 1970 */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly segments: readonly string[];
  readonly search: string;
  readonly correlationId: string;
  readonly draw: FaultDraw;
}

/** @param at ms since 1970 */
export const receive = (world: World, request: IncomingMessage, at: number): Received => {
  const method = request.method ?? 'GET';
  const [path = '/', search = ''] = (request.url ?? '/').split('?', 2);
  const segments = splitPath(path);
  const correlationId = world.random.uuid();
  return { at, method, path, segments, search, correlationId, draw: world.faults.draw(method, segments) };
};

/** How the answer leaves, and whether the call was carried out at all. */
const deliveryOf = (main: FaultDraw['main']): Delivery => {
  switch (main?.kind) {
    case 'reset':
    case 'answer-lost':
      return 'reset';
    case 'truncated':
    case 'malformed':
    case 'content-type':
      return main.kind;
    case 'status':
    case undefined:
      return 'whole';
  }
};

/** Draws from the configured latency, ms. */
const latency = ({ settings, random }: World): number => {
  const [from, to] = settings.latency;
  return to === 0 ? 0 : from + random.next() * (to - from);
};

/**
 * Notes a call in the ledger, and sends its answer the way the faults drawn for it say.
 * @param route its pattern, or `unmatched`
 */
export const deliver = (world: World, call: Received, route: string, answer: Answer): Reply => {
  const { at, path, correlationId, draw } = call;
  const delivery = deliveryOf(draw.main);
  world.ledger.request({
    at,
    route,
    path,
    status: answer.status,
    correlationId,
    answer: delivery === 'whole' ? 'sent' : delivery === 'reset' ? 'lost' : 'damaged',
  });
  return {
    answer: { ...answer, headers: { ...answer.headers, 'inin-correlation-id': correlationId } },
    delayMs: latency(world) + draw.delayMs,
    delivery,
  };
};
