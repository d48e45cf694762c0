/** `METHOD /path/with/:parameters`; a method or a last segment of `*` matches any. */
export interface Pattern {
  readonly text: string;
  readonly method: string;
  readonly segments: readonly string[];
}

/** @returns undefined when the text is not a pattern. */
export const parsePattern = (text: string): Pattern | undefined => {
  const match = /^(\*|[A-Z]+) (\/\S*|\*)$/.exec(text);
  const [, method, path] = match ?? [];
  if (method === undefined || path === undefined) return undefined;
  return { text, method, segments: path === '*' ? ['*'] : path.slice(1).split('/') };
};

/** @returns the path's parameters, or undefined when it does not match. */
export const matchPath = (
  segments: readonly string[],
  path: readonly string[],
): Readonly<Record<string, string>> | undefined => {
  const params: Record<string, string> = {};
  for (const [at, segment] of segments.entries()) {
    if (segment === '*' && at === segments.length - 1) return params;
    const value = path[at];
    if (value === undefined) return undefined;
    if (segment.startsWith(':') && value !== '') params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return segments.length === path.length ? params : undefined;
};

export const matchesMethod = (pattern: Pattern, method: string): boolean =>
  pattern.method === '*' || pattern.method === method;
