import type { Operation } from '../description/form.ts';
import { COMMON_ERRORS } from '../description/operations.ts';
import type { Exchange } from '../../src/simulator/exchanges.ts';
import type { Flaw } from './finding.ts';
import { flawsOfModel } from './values.ts';

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly flaw: Flaw };

const parseAnswer = ({ answerBody, answerType }: Exchange): Parsed => {
  if (!/^application\/json\b/i.test(answerType ?? ''))
    return { ok: false, flaw: { at: 'content-type', what: 'is not application/json', met: answerType } };
  try {
    return { ok: true, value: JSON.parse(answerBody) };
  } catch {
    return { ok: false, flaw: { at: 'the body', what: 'is not JSON', met: answerBody } };
  }
};

const flawsOfSuccess = (operation: Operation, exchange: Exchange): readonly Flaw[] => {
  const { answerBody, status } = exchange;
  if (operation.success !== 'any' && status !== operation.success)
    return [{ at: 'status', what: `is not ${operation.success}`, met: status }];
  if (operation.answer === null)
    return answerBody === '' ? [] : [{ at: 'the body', what: 'should not be there', met: answerBody }];
  const parsed = parseAnswer(exchange);
  return parsed.ok ? flawsOfModel(operation.answer, parsed.value) : [parsed.flaw];
};

const flawsOfError = (operation: Operation, exchange: Exchange): readonly Flaw[] => {
  const { status, headers } = exchange;
  const common = COMMON_ERRORS[status];
  if (!common) return [{ at: 'status', what: 'is not documented', met: status }];
  const told = Object.keys(headers).some((name) => name.toLowerCase() === 'retry-after');
  const waiting: readonly Flaw[] =
    status === 429 && !told ? [{ at: 'retry-after', what: 'is missing', met: headers }] : [];
  if (exchange.method === 'HEAD') return waiting;
  const parsed = parseAnswer(exchange);
  if (!parsed.ok) return [...waiting, parsed.flaw];
  const flaws = flawsOfModel('ErrorBody', parsed.value);
  if (flaws.length > 0) return [...waiting, ...flaws];
  const body = parsed.value as { readonly code?: string; readonly status?: number };
  const known = [...common, ...(operation.errors[status] ?? [])];
  return [
    ...waiting,
    ...(body.code !== undefined && known.includes(body.code)
      ? []
      : [{ at: 'code', what: `is not documented for status ${status}`, met: body.code }]),
    ...(body.status === status
      ? []
      : [{ at: 'the body’s status', what: 'is another one', met: body.status }]),
  ];
};

/** @returns how an answer differs from what the operation is documented to answer. */
export const flawsOfAnswer = (operation: Operation, exchange: Exchange): readonly Flaw[] =>
  exchange.status < 400 ? flawsOfSuccess(operation, exchange) : flawsOfError(operation, exchange);
