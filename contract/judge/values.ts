import type { Type } from '../description/form.ts';
import { MODELS } from '../description/models/models.ts';
import type { Flaw } from './finding.ts';

/** RFC 3339 with an offset, as the description's format `date-time` is defined. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isInteger = (value: unknown, bits: 32 | 64, minimum: number): boolean => {
  const most = bits === 32 ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;
  return Number.isInteger(value) && Number(value) >= minimum && Number(value) <= most;
};

const flaw = (at: string, what: string, met: unknown): readonly Flaw[] => [{ at, what, met }];

/** @returns how a JSON value differs from its type; nothing when it does not. */
export const flawsOfValue = (type: Type, value: unknown, at: string): readonly Flaw[] => {
  switch (type.kind) {
    case 'string':
      return typeof value === 'string' ? [] : flaw(at, 'is not a text', value);
    case 'boolean':
      return typeof value === 'boolean' ? [] : flaw(at, 'is not true or false', value);
    case 'date-time':
      return typeof value === 'string' && DATE_TIME.test(value) ? [] : flaw(at, 'is not a date-time', value);
    case 'uri':
      return typeof value === 'string' && URL.canParse(value, 'https://api.example')
        ? []
        : flaw(at, 'is not an address', value);
    case 'integer':
      return isInteger(value, type.bits, type.minimum ?? -(2 ** 31))
        ? []
        : flaw(at, 'is not such a whole number', value);
    case 'one-of':
      return typeof value === 'string' && type.values.includes(value)
        ? []
        : flaw(at, 'is none of the values that there are', value);
    case 'list':
      return Array.isArray(value)
        ? value.flatMap((item: unknown) => flawsOfValue(type.of, item, `${at}[]`))
        : flaw(at, 'is not a list', value);
    case 'map':
      return isObject(value)
        ? Object.values(value).flatMap((item) => flawsOfValue(type.of, item, `${at}.*`))
        : flaw(at, 'is not an object', value);
    case 'model':
      return flawsOfModel(type.name, value, at);
    case 'unread':
      return isObject(value) ? [] : flaw(at, 'is not an object', value);
  }
};

/** @returns how a JSON value differs from a model: fields that are missing, that it lacks, or of another type. */
export const flawsOfModel = (name: string, value: unknown, at = ''): readonly Flaw[] => {
  const model = MODELS[name];
  if (!model) throw new Error(`The description has no model "${name}".`);
  if (!isObject(value)) return flaw(at, `is no ${name}`, value);
  const within = (field: string): string => (at === '' ? field : `${at}.${field}`);
  return [
    ...model.required
      .filter((field) => !Object.hasOwn(value, field))
      .map((field) => ({ at: within(field), what: 'is missing', met: value })),
    ...Object.entries(value).flatMap(([field, item]) => {
      const type = Object.hasOwn(model.fields, field) ? model.fields[field] : undefined;
      return type
        ? flawsOfValue(type, item, within(field))
        : flaw(within(field), `is no field of ${name}`, item);
    }),
  ];
};

/** @returns how a parameter's text differs from its type. */
export const flawsOfText = (type: Type, text: string, at: string): readonly Flaw[] => {
  switch (type.kind) {
    case 'integer':
      return flawsOfValue(type, /^-?\d+$/.test(text) ? Number(text) : text, at);
    case 'boolean':
      return text === 'true' || text === 'false' ? [] : flaw(at, 'is not true or false', text);
    case 'list':
      return flawsOfText(type.of, text, at);
    case 'string':
    case 'date-time':
    case 'uri':
    case 'one-of':
    case 'map':
    case 'model':
    case 'unread':
      return flawsOfValue(type, text, at);
  }
};
