export type Query = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * The address of a call: the connection's own base with a path. The path comes from this program and ids from answers,
 * so it is checked that the result cannot be another host, nor another place on this one. Lists become repeated
 * parameters, as the official SDK sends them.
 */
export function apiUrl(apiBase: string, path: string, query: Query = {}): string {
  const base = new URL(apiBase);
  const expected = `${base.pathname.replace(/\/$/, '')}${path}`;
  const url = path.startsWith('/api/v2/') ? new URL(`${base.origin}${expected}`) : null;
  // Parsing resolves "..", "%2e%2e" and "\\": a path that survives it unchanged has none of them.
  if (url?.origin !== base.origin || url.pathname !== expected || url.search || url.hash) {
    throw new Error('A path of the API was expected.');
  }
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? (value as readonly string[]) : [value]) {
      url.searchParams.append(name, String(each));
    }
  }
  return url.href;
}
