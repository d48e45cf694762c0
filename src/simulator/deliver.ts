import type { FaultDraw } from './faults.ts';
import type { Answer } from './http/answers.ts';
import type { Delivery, Reply } from './http/listener.ts';
import type { World } from './world.ts';

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

/** Notes a call in the ledger, and sends its answer the way the faults drawn for it say. */
export const deliver = (
  world: World,
  call: {
    /** ms since 1970 */
    readonly at: number;
    readonly route: string;
    readonly path: string;
    readonly correlationId: string;
    readonly draw: FaultDraw;
  },
  answer: Answer,
): Reply => {
  const { at, route, path, correlationId, draw } = call;
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
