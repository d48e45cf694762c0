import { z } from 'zod';

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
  values: z.array(z.string()).max(1000).optional(),
  operator: z.enum(['AND', 'OR', 'NOT']).optional(),
  get group() {
    return z.array(criterionSchema).max(50).optional();
  },
});

/** A field's values by index, lower-cased; undefined for a field that cannot be searched. */
export type Column = (field: string) => readonly string[] | undefined;
type Test = (index: number) => boolean;

const words = (text: string): readonly string[] => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);

/** @returns how a single value is compared with a wanted one; both are lower-case. */
const comparison = (type: Criterion['type']): ((value: string, wanted: string) => boolean) => {
  switch (type) {
    case 'EXACT':
      return (value, wanted) => value === wanted;
    case 'STARTS_WITH':
      return (value, wanted) =>
        value.startsWith(wanted) || words(value).some((word) => word.startsWith(wanted));
    case 'CONTAINS':
      return (value, wanted) => value.includes(wanted);
    case 'TERM':
    case 'TERMS':
      return (value, wanted) => value === wanted || words(value).includes(wanted);
    case 'QUERY_STRING':
      return (value, wanted) => words(wanted).every((word) => value.includes(word));
    case 'REQUIRED_FIELDS':
      return (value) => value !== '';
    case 'MATCH_ALL':
      return () => true;
  }
};

/** @returns lower-case wanted values of a criterion. */
export const wantedValues = (criterion: Criterion): readonly string[] =>
  [...(criterion.value === undefined ? [] : [criterion.value]), ...(criterion.values ?? [])].map((value) =>
    value.toLowerCase(),
  );

/**
 * @param onProblem is told what is wrong with a criterion, and throws.
 */
export const compileCriteria = (
  criteria: readonly Criterion[],
  column: Column,
  onProblem: (message: string) => never,
): Test => {
  const compileOne = (criterion: Criterion): Test => {
    if (criterion.group && criterion.group.length > 0) {
      return compileCriteria(criterion.group, column, onProblem);
    }
    const { type } = criterion;
    if (type === 'MATCH_ALL') return () => true;
    const columns = (criterion.fields ?? []).map(
      // Genesys' own answer to an unknown field is not known; an error shows a typing mistake at once.
      (field) => column(field) ?? onProblem(`The field "${field}" cannot be searched.`),
    );
    if (columns.length === 0) onProblem(`A criterion of type ${type} needs fields.`);
    const compare = comparison(type);
    if (type === 'REQUIRED_FIELDS') {
      return (index) => columns.every((values) => compare(values[index] ?? '', ''));
    }
    const wanted = wantedValues(criterion);
    if (wanted.length === 0) onProblem(`A criterion of type ${type} needs a value or values.`);
    if (type === 'EXACT') {
      const set = new Set(wanted);
      return (index) => columns.some((values) => set.has(values[index] ?? ''));
    }
    return (index) => columns.some((values) => wanted.some((value) => compare(values[index] ?? '', value)));
  };

  const compiled = criteria.map((criterion) => ({
    test: compileOne(criterion),
    operator: criterion.operator ?? 'AND',
  }));
  // From left to right, each criterion joined to what stands before it by its own operator.
  return (index) => {
    let holds = true;
    for (const [at, { test, operator }] of compiled.entries()) {
      if (operator === 'OR') holds = (at > 0 && holds) || test(index);
      else holds = holds && (operator === 'NOT' ? !test(index) : test(index));
    }
    return holds;
  };
};

/** @returns whether any criterion, at any depth, names the field. */
export const names = (criteria: readonly Criterion[], field: string): boolean =>
  criteria.some(
    (criterion) => (criterion.fields?.includes(field) ?? false) || names(criterion.group ?? [], field),
  );
