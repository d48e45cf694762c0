import type { Permission } from '../org/permissions.ts';
import type { ApiCall } from './call.ts';
import type { Answer } from './answers.ts';
import { matchesMethod, matchPath, parsePattern, type Pattern } from './patterns.ts';

export interface Route {
  readonly pattern: Pattern;
  /** Any one of them is enough; none are needed when empty. */
  readonly anyOf: readonly Permission[];
  handle(call: ApiCall): Answer;
}

export const route = (
  pattern: string,
  anyOf: readonly Permission[],
  handle: (call: ApiCall) => Answer,
): Route => {
  const parsed = parsePattern(pattern);
  if (!parsed) throw new Error(`not a route: ${pattern}`);
  return { pattern: parsed, anyOf, handle };
};

export type Match =
  | { readonly kind: 'route'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'other-method'; readonly allow: readonly string[] }
  | { readonly kind: 'unknown' };

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** @returns the path's segments, decoded. */
export const splitPath = (path: string): readonly string[] => path.slice(1).split('/').map(decode);

/** Routes are tried in their order, so a literal path stands before a parameter (`/tokens/me` before `/tokens/:userId`). */
export const findRoute = (routes: readonly Route[], method: string, path: readonly string[]): Match => {
  const allow: string[] = [];
  for (const candidate of routes) {
    const params = matchPath(candidate.pattern.segments, path);
    if (!params) continue;
    if (matchesMethod(candidate.pattern, method)) return { kind: 'route', route: candidate, params };
    allow.push(candidate.pattern.method);
  }
  return allow.length > 0 ? { kind: 'other-method', allow } : { kind: 'unknown' };
};
