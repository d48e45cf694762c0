import type { AppError } from '../../../shared/result.ts';

interface Detail {
  readonly name: string;
  readonly value: string;
  readonly mono: boolean;
}

/** What Genesys support asks for, as names and values; only what is known. */
export function errorDetails(error: AppError): readonly Detail[] {
  const { method, path, status, apiCode, correlationId, contextId } = error.details ?? {};
  const request = [method, path].filter(Boolean).join(' ');
  const known: readonly (readonly [string, string | undefined, boolean])[] = [
    ['Cause', error.message || undefined, false],
    ['Request', request || undefined, true],
    ['Status', status === undefined ? undefined : String(status), true],
    ['Code', apiCode ?? error.code, true],
    ['Correlation id', correlationId, true],
    ['Context id', contextId, true],
  ];
  return known.flatMap(([name, value, mono]) => (value === undefined ? [] : [{ name, value, mono }]));
}
