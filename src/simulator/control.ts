import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { faultSchema, type Fault } from './faults.ts';
import { ApiFailure, badRequest, errorAnswer, notFound, type Answer } from './http/answers.ts';
import { parseJson, readBody } from './http/body.ts';
import type { Ledger } from './ledger.ts';

/** Control routes are no part of Genesys Cloud: they steer the simulation from another process. */
const CONTROL_PREFIX = '/__sim/';

export interface Controls {
  readonly ledger: () => Ledger;
  /** @throws Error when a fault could never happen. */
  readonly addFaults: (faults: readonly Fault[]) => void;
  readonly reset: () => void;
}

const bodySchema = z.strictObject({ faults: z.array(faultSchema).min(1).max(100) });

/**
 * @returns checked faults.
 * @throws {ApiFailure} 400 that names what is wrong.
 */
const parseFaults = (body: unknown): readonly Fault[] => {
  const parsed = bodySchema.safeParse(body);
  if (parsed.success) return parsed.data.faults;
  const [issue] = parsed.error.issues;
  throw badRequest(
    `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a list of faults'}`,
    'invalid.value',
  );
};

/**
 * Answers `GET /__sim/ledger`, `POST /__sim/faults` with `{ faults: [...] }`, and `POST /__sim/reset`; null for a call of
 * the API itself. A release has control.release.ts in its place.
 */
export const answerControl = async (controls: Controls, request: IncomingMessage): Promise<Answer | null> => {
  if (!request.url?.startsWith(CONTROL_PREFIX)) return null;
  try {
    const text = await readBody(request);
    switch (`${request.method ?? ''} ${request.url}`) {
      case 'GET /__sim/ledger':
        return { status: 200, body: controls.ledger() };
      case 'POST /__sim/faults': {
        const faults = parseFaults(parseJson(text, request.headers['content-type']));
        try {
          controls.addFaults(faults);
        } catch (error) {
          throw badRequest(error instanceof Error ? error.message : String(error), 'invalid.value');
        }
        return { status: 204 };
      }
      case 'POST /__sim/reset':
        controls.reset();
        return { status: 204 };
      default:
        throw notFound('No such control.');
    }
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return errorAnswer(error.failure, '');
  }
};
