import fc from 'fast-check';
import type { Type } from './form.ts';
import { MODELS } from './models/models.ts';
import { COMMON_ERRORS, OPERATIONS } from './operations.ts';

// Answers that the API may give by its description, whether or not it ever does: for tests of whoever reads them.

/** Models name each other in circles: beyond this depth only what must be there is made. */
const DEEPEST = 3;

const text = fc.string({ unit: 'grapheme', maxLength: 24 });

const LATEST = Date.UTC(2100, 0, 1);
const dateTimeText = fc.integer({ min: 0, max: LATEST }).map((ms) => new Date(ms).toISOString());

const valueOf = (type: Type, depth: number): fc.Arbitrary<unknown> => {
  switch (type.kind) {
    case 'string':
      return text;
    case 'boolean':
      return fc.boolean();
    case 'date-time':
      return dateTimeText;
    case 'uri':
      return fc.uuid().map((id) => `/api/v2/things/${id}`);
    case 'integer':
      return fc.integer({ min: type.minimum ?? 0, max: type.bits === 32 ? 2 ** 31 - 1 : 2 ** 45 });
    case 'one-of':
      return fc.constantFrom(...type.values);
    case 'list':
      return depth >= DEEPEST ? fc.constant([]) : fc.array(valueOf(type.of, depth), { maxLength: 3 });
    case 'map':
      return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), valueOf(type.of, depth), { maxKeys: 3 });
    case 'model':
      return modelOf(type.name, depth + 1);
    case 'unread':
      return fc.constant({});
  }
};

const modelOf = (name: string, depth: number): fc.Arbitrary<Readonly<Record<string, unknown>>> => {
  const model = MODELS[name];
  if (!model) throw new Error(`The description has no model "${name}".`);
  const { required, fields } = model;
  const made = Object.entries(fields).filter(([field]) => depth < DEEPEST || required.includes(field));
  const values = Object.fromEntries(made.map(([field, type]) => [field, valueOf(type, depth)]));
  return fc.record(values, { requiredKeys: [...required] });
};

/** Any JSON that a model allows. @param name e.g. `UserEntityListing`. */
export const anyBody = (name: string): fc.Arbitrary<Readonly<Record<string, unknown>>> => modelOf(name, 0);

export interface AnyAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for an answer without a body. */
  readonly body: unknown;
}

const operationNamed = (name: string) => {
  const operation = OPERATIONS[name];
  if (!operation) throw new Error(`The description has no operation "${name}".`);
  return operation;
};

/** Any answer of success. @param operation e.g. `GET /api/v2/users/me`. */
export const anySuccess = (operation: string): fc.Arbitrary<AnyAnswer> => {
  const { success, answer } = operationNamed(operation);
  const body = answer === null ? fc.constant(undefined) : anyBody(answer);
  return body.map((made) => ({ status: success === 'any' ? 200 : success, headers: {}, body: made }));
};

/** Any documented error: each status, each code, any ErrorBody around it. */
export const anyError = (operation: string): fc.Arbitrary<AnyAnswer> => {
  const { errors } = operationNamed(operation);
  const cases = Object.entries(COMMON_ERRORS).flatMap(([status, codes]) =>
    [...codes, ...(errors[Number(status)] ?? [])].map((code) => ({ status: Number(status), code })),
  );
  return fc
    .tuple(fc.constantFrom(...cases), anyBody('ErrorBody'), fc.integer({ min: 1, max: 3600 }))
    .map(([{ status, code }, body, seconds]) => ({
      status,
      headers: status === 429 ? { 'retry-after': String(seconds) } : {},
      body: operation.startsWith('HEAD ') ? undefined : { ...body, status, code },
    }));
};

/** Any answer at all that the operation is documented to give. */
export const anyAnswer = (operation: string): fc.Arbitrary<AnyAnswer> =>
  fc.oneof(anySuccess(operation), anyError(operation));
