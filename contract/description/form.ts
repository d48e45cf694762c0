/** Where a fact of this description was read. None of it is ours. */
export const SOURCES = {
  /** A public mirror of the vendor's OpenAPI description, Platform API v2, summer 2026. */
  openapi: 'Genesys Cloud Platform API v2, OpenAPI description, summer 2026',
  /** The vendor's page on searching. */
  searchLimits: 'https://developer.genesys.cloud/organization/search/search-limits',
  /** The types of the official JavaScript SDK, for models that the first source names and does not spell out. */
  sdk: 'https://www.npmjs.com/package/purecloud-platform-client-v2 (262.0.0, index.d.ts)',
} as const;

export type Source = keyof typeof SOURCES;

/** What a value may be, as JSON or as a parameter. */
export type Type =
  | { readonly kind: 'string' | 'boolean' | 'date-time' | 'uri' }
  | { readonly kind: 'integer'; readonly bits: 32 | 64; readonly minimum?: number }
  | { readonly kind: 'one-of'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: Type }
  | { readonly kind: 'map'; readonly of: Type }
  /** Another model, by its name. */
  | { readonly kind: 'model'; readonly name: string }
  /** A model that is named and that nothing here spells out: any object. */
  | { readonly kind: 'unread'; readonly name: string };

export interface Model {
  readonly source: Source;
  /** Names of fields that must be there; all others may be missing. */
  readonly required: readonly string[];
  readonly fields: Readonly<Record<string, Type>>;
}

export interface Operation {
  readonly source: Source;
  /** Any one of them lets a token make the call, where an organization enforces scopes. */
  readonly scopes: readonly string[];
  /** Any one of them is enough; none is needed when empty. */
  readonly permissions: readonly string[];
  readonly query: Readonly<Record<string, Type>>;
  /** Parameters that must be given. */
  readonly requiredQuery: readonly string[];
  /** The request's model; null when it takes no body. */
  readonly body: { readonly model: string; readonly required: boolean } | null;
  /** Status of success; `any` where the description names none. */
  readonly success: number | 'any';
  /** The model of that answer; null for no body. */
  readonly answer: string | null;
  /** Error codes by status, beside those that every operation has. */
  readonly errors: Readonly<Record<number, readonly string[]>>;
}

export const string: Type = { kind: 'string' };
export const boolean: Type = { kind: 'boolean' };
export const dateTime: Type = { kind: 'date-time' };
export const uri: Type = { kind: 'uri' };
export const int32: Type = { kind: 'integer', bits: 32 };
export const int64: Type = { kind: 'integer', bits: 64 };
export const oneOf = (...values: readonly string[]): Type => ({ kind: 'one-of', values });
export const list = (of: Type): Type => ({ kind: 'list', of });
export const map = (of: Type): Type => ({ kind: 'map', of });
export const model = (name: string): Type => ({ kind: 'model', name });
export const unread = (name: string): Type => ({ kind: 'unread', name });

/** @param required names of the fields that must be there. */
export const described = (
  source: Source,
  fields: Readonly<Record<string, Type>>,
  required: readonly string[] = [],
): Model => ({ source, required, fields });
