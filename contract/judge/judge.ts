import type { Operation } from '../description/form.ts';
import { OPERATIONS } from '../description/operations.ts';
import type { Exchange, Exemption } from '../../src/simulator/exchanges.ts';
import { flawsOfAnswer } from './answered.ts';
import { flawsOfRequest } from './asked.ts';
import { shown, type Finding, type Flaw } from './finding.ts';

interface Known {
  readonly name: string;
  readonly method: string;
  readonly segments: readonly string[];
  readonly operation: Operation;
}

const KNOWN: readonly Known[] = Object.entries(OPERATIONS)
  .map(([name, operation]) => {
    const [method = '', path = ''] = name.split(' ');
    return { name, method, segments: path.split('/'), operation };
  })
  // A literal segment goes before a parameter: `/users/me` before `/users/{userId}`.
  .sort((a, b) => Number(a.name.includes('{')) - Number(b.name.includes('{')));

/** @returns the operation that a method and path are of, or undefined. */
const operationOf = (method: string, path: string): Known | undefined => {
  const given = path.split('/');
  return KNOWN.find(
    (known) =>
      known.method === method &&
      known.segments.length === given.length &&
      known.segments.every((segment, at) =>
        segment.startsWith('{') ? given[at] !== '' : segment === given[at],
      ),
  );
};

/** A fault changes what is answered, never what was asked; these two leave the answer as it would have been. */
const exemptsAnswer = (exemption: Exemption): boolean => {
  switch (exemption.kind) {
    case 'fault':
      return exemption.fault !== 'delay' && exemption.fault !== 'expire-token';
    case 'setting':
      return true;
    case 'future-field':
      return false;
  }
};

const isFutureField = (flaw: Flaw, exempt: readonly Exemption[]): boolean =>
  exempt.some(
    (exemption) => exemption.kind === 'future-field' && exemption.field === flaw.at.split('.').at(-1),
  );

/**
 * Holds an exchange against the description.
 * @returns what is asked or answered otherwise than it says; what was exempted by name is left out.
 */
export const judge = (exchange: Exchange): readonly Finding[] => {
  const { method, url, exempt } = exchange;
  const [path = '', search = ''] = url.split('?', 2);
  const known = operationOf(method, path);
  if (!known) return [{ kind: 'asked wrong: there is no such operation', met: `${method} ${path}` }];
  const asFindings = (side: 'asked' | 'answered', flaws: readonly Flaw[]): readonly Finding[] =>
    flaws
      .filter((flaw) => !isFutureField(flaw, exempt))
      .map(({ at, what, met }) => ({
        kind: `${side} wrong: ${known.name}: ${at} ${what}`.replace(/ {2,}/g, ' '),
        met: shown(met),
      }));
  return [
    ...asFindings('asked', flawsOfRequest(known.operation, new URLSearchParams(search), exchange)),
    ...(exempt.some(exemptsAnswer) ? [] : asFindings('answered', flawsOfAnswer(known.operation, exchange))),
  ];
};
