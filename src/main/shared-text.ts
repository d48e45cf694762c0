/**
 * Texts that many things share, the name of a department for instance, kept once: what JSON is parsed into has a copy
 * for each. Lives as long as the reading it serves.
 * @returns a function that gives an equal text, always the same one.
 */
export function createSharedText(): (text: string | null) => string | null {
  const kept = new Map<string, string>();
  return (text) => {
    if (text === null) return null;
    const earlier = kept.get(text);
    if (earlier === undefined) kept.set(text, text);
    return earlier ?? text;
  };
}
