import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Type } from './form.ts';
import { MODELS } from './models/models.ts';
import { OPERATIONS } from './operations.ts';
import { SEARCH_FIELDS, SEARCH_RATES } from './search.ts';

// The description was read off one artefact of the vendor; here it is held against another, the official SDK.

const SDK = new URL('../../node_modules/purecloud-platform-client-v2/', import.meta.url);
const TYPES = readFileSync(fileURLToPath(new URL('index.d.ts', SDK)), 'utf8');
const CODE = readFileSync(fileURLToPath(new URL('dist/node/purecloud-platform-client-v2.js', SDK)), 'utf8');

/** Where the two differ: fields that the newer SDK has, and the description of summer 2026 has not. */
const ONLY_IN_SDK: Readonly<Record<string, readonly string[]>> = { Group: ['email'] };

interface SdkField {
  readonly required: boolean;
  readonly type: string;
}

/** @returns the fields of a model as the SDK's types have them; undefined when it has no such model. */
const sdkFields = (name: string): Readonly<Record<string, SdkField>> | undefined => {
  const body = new RegExp(`\\n\\texport interface ${name} \\{ ?\\n([\\s\\S]*?)\\n\\t\\}`).exec(TYPES)?.[1];
  if (body === undefined) return undefined;
  return Object.fromEntries(
    [...body.matchAll(/"(\w+)"(\??): (.+);/g)].map(([, field = '', optional, type = '']) => [
      field,
      { required: optional === '', type: type.replaceAll('Models.', '') },
    ]),
  );
};

const asSdk = (type: Type): string => {
  switch (type.kind) {
    case 'string':
    case 'date-time':
    case 'uri':
    case 'one-of':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'integer':
      return 'number';
    case 'list':
      return `Array<${asSdk(type.of)}>`;
    case 'map':
      return `{ [key: string]: ${asSdk(type.of)}; }`;
    case 'model':
    case 'unread':
      return type.name;
  }
};

/** @returns the query parameters that the SDK sends, or undefined when it has no such call. */
const sdkQuery = (operation: string): readonly string[] | undefined => {
  const [method = '', path = ''] = operation.split(' ');
  const escaped = path.replaceAll(/[{}]/g, '\\$&');
  const call = new RegExp(`'${escaped}', ?\\n\\s*'${method}', ?\\n.*\\n\\s*(\\{.*\\}),`).exec(CODE)?.[1];
  return call === undefined ? undefined : [...call.matchAll(/'(\w+)': /g)].map(([, name = '']) => name);
};

const modelsIn = (type: Type): readonly string[] => {
  if (type.kind === 'model') return [type.name];
  return type.kind === 'list' || type.kind === 'map' ? modelsIn(type.of) : [];
};

describe('the description', () => {
  it('names no model that it does not hold', () => {
    const named = [
      ...Object.values(OPERATIONS).flatMap(({ answer, body }) => [answer, body?.model]),
      ...Object.values(MODELS).flatMap(({ fields }) => Object.values(fields).flatMap(modelsIn)),
    ].filter((name) => name !== null && name !== undefined);
    expect([...new Set(named)].filter((name) => !Object.hasOwn(MODELS, name))).toEqual([]);
  });

  it('requires only fields that a model has', () => {
    for (const { required, fields } of Object.values(MODELS))
      expect(required.filter((field) => !Object.hasOwn(fields, field))).toEqual([]);
  });

  it('gives a rate or none to each type of a criterion', () => {
    const types = ['UserSearchCriteria', 'GroupSearchCriteria'].flatMap((name) => {
      const type = MODELS[name]?.fields['type'];
      return type?.kind === 'one-of' ? type.values : [];
    });
    expect([...new Set(types)].filter((type) => !Object.hasOwn(SEARCH_RATES, type))).toEqual(['MATCH_ALL']);
    expect(Object.keys(SEARCH_FIELDS).filter((name) => !Object.hasOwn(MODELS, name))).toEqual([]);
  });

  it.each(Object.keys(MODELS))('has %s as the official SDK has it', (name) => {
    const theirs = sdkFields(name);
    const model = MODELS[name];
    expect(theirs, 'a model of the SDK').toBeDefined();
    const ours = Object.fromEntries(
      Object.entries(model?.fields ?? {}).map(([field, type]) => [
        field,
        { required: model?.required.includes(field), type: asSdk(type) },
      ]),
    );
    const newer = new Set(ONLY_IN_SDK[name]);
    expect(ours).toEqual(
      Object.fromEntries(Object.entries(theirs ?? {}).filter(([field]) => !newer.has(field))),
    );
  });

  it.each(Object.keys(OPERATIONS))('has the parameters of %s as the official SDK has them', (name) => {
    expect(Object.keys(OPERATIONS[name]?.query ?? {})).toEqual(sdkQuery(name));
  });
});
