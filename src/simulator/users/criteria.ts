import { z } from 'zod';
import type { Column } from './directory.ts';

export interface Criterion {
  readonly type:
    | 'EXACT'
    | 'STARTS_WITH'
    | 'CONTAINS'
    | 'TERM'
    | 'TERMS'
    | 'QUERY_STRING'
    | 'REQUIRED_FIELDS'
    | 'MATCH_ALL';
  readonly fields?: readonly string[] | undefined;
  readonly value?: string | undefined;
  readonly values?: readonly string[] | undefined;
  readonly operator?: 'AND' | 'OR' | 'NOT' | undefined;
  readonly group?: readonly Criterion[] | undefined;
}

/** REGEX and the range types of the model are refused, not guessed at. */
export const criterionSchema: z.ZodType<Criterion> = z.object({
  type: z.enum([
    'EXACT',
    'STARTS_WITH',
    'CONTAINS',
    'TERM',
    'TERMS',
    'QUERY_STRING',
    'REQUIRED_FIELDS',
    'MATCH_ALL',
  ]),
  fields: z.array(z.string()).optional(),
  value: z.string().optional(),
  values: z.array(z.string()).optional(),
  operator: z.enum(['AND', 'OR', 'NOT']).optional(),
  get group() {
    return z.array(criterionSchema).optional();
  },
});

type Test = (index: number) => boolean;

const words = (text: string): readonly string[] => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);

/** @returns lower-case wanted values of a criterion. */
export const wantedValues = (criterion: Criterion): readonly string[] =>
  [...(criterion.value === undefined ? [] : [criterion.value]), ...(criterion.values ?? [])].map((value) =>
    value.toLowerCase(),
  );

/** @returns whether a field's value fits any of the wanted ones; all are lower-case. */
const valueTest = (type: Criterion['type'], wanted: readonly string[]): ((value: string) => boolean) => {
  switch (type) {
    case 'EXACT': {
      const set = new Set(wanted);
      return (value) => set.has(value);
    }
    case 'STARTS_WITH':
      return (value) =>
        wanted.some(
          (start) => value.startsWith(start) || words(value).some((word) => word.startsWith(start)),
        );
    case 'CONTAINS':
      return (value) => wanted.some((part) => value.includes(part));
    case 'TERM':
    case 'TERMS': {
      const set = new Set(wanted);
      return (value) => set.has(value) || words(value).some((word) => set.has(word));
    }
    case 'QUERY_STRING': {
      const queries = wanted.map(words);
      return (value) => queries.some((parts) => parts.every((part) => value.includes(part)));
    }
    case 'REQUIRED_FIELDS':
      return (value) => value !== '';
    case 'MATCH_ALL':
      return () => true;
  }
};

const columnTest = (column: Column, fits: (value: string) => boolean): Test => {
  const { values } = column;
  if (column.kind === 'each') return (index) => fits(values[index] ?? '');
  const fitting = values.map(fits);
  return (index) => fitting[column.at[index] ?? 0] ?? false;
};

/** Which values hold any of these parts, found in one pass over the column's text for each part. */
const containsTest = (column: Extract<Column, { kind: 'each' }>, wanted: readonly string[]): Test => {
  const { text, starts } = column.text();
  const hits = new Uint8Array(column.values.length);
  for (const part of wanted) {
    if (part.includes('\n')) continue; // it would be found across two values
    let index = 0;
    for (
      let at = text.indexOf(part);
      at >= 0 && index < hits.length;
      at = text.indexOf(part, starts[index])
    ) {
      while ((starts[index + 1] ?? Infinity) <= at) index += 1;
      hits[index] = 1;
      index += 1;
    }
  }
  return (index) => hits[index] === 1;
};

/**
 * @param column finds a field's column; undefined for a field that cannot be searched.
 * @param onProblem is told what is wrong with a criterion, and throws.
 */
export const compileCriteria = (
  criteria: readonly Criterion[],
  column: (field: string) => Column | undefined,
  onProblem: (message: string) => never,
): Test => {
  const compileOne = (criterion: Criterion): Test => {
    if (criterion.group && criterion.group.length > 0) {
      return compileCriteria(criterion.group, column, onProblem);
    }
    const { type } = criterion;
    if (type === 'MATCH_ALL') return () => true;
    const wanted = wantedValues(criterion);
    if (wanted.length === 0 && type !== 'REQUIRED_FIELDS')
      onProblem(`A criterion of type ${type} needs a value or values.`);
    const fits = valueTest(type, wanted);
    const tests = (criterion.fields ?? []).map((field) => {
      // Genesys' own answer to an unknown field is not known; an error shows a typing mistake at once.
      const found = column(field) ?? onProblem(`The field "${field}" cannot be searched.`);
      return type === 'CONTAINS' && found.kind === 'each'
        ? containsTest(found, wanted)
        : columnTest(found, fits);
    });
    const [only] = tests;
    if (!only) return onProblem(`A criterion of type ${type} needs fields.`);
    if (tests.length === 1) return only;
    return type === 'REQUIRED_FIELDS'
      ? (index) => tests.every((test) => test(index))
      : (index) => tests.some((test) => test(index));
  };

  const compiled = criteria.map((criterion) => ({
    test: compileOne(criterion),
    operator: criterion.operator ?? 'AND',
  }));
  // From left to right, each criterion joined to what stands before it by its own operator.
  return (index) => {
    let holds = true;
    let first = true;
    for (const { test, operator } of compiled) {
      if (operator === 'OR') holds = (!first && holds) || test(index);
      else holds = holds && (operator === 'NOT' ? !test(index) : test(index));
      first = false;
    }
    return holds;
  };
};

/** @returns whether any criterion, at any depth, names the field. */
export const names = (criteria: readonly Criterion[], field: string): boolean =>
  criteria.some(
    (criterion) => (criterion.fields?.includes(field) ?? false) || names(criterion.group ?? [], field),
  );
