/** Gives an equal text, always the same one. */
export type SharedText = <Text extends string | null>(text: Text) => Text;

/**
 * Texts that many things share, the name of a department for instance, kept once: what is parsed or comes from another
 * process has a copy for each. Lives as long as the reading it serves.
 */
export function createSharedText(): SharedText {
  const kept = new Map<string | null, string>();
  return <Text extends string | null>(text: Text): Text => {
    const earlier = kept.get(text);
    if (earlier !== undefined) return earlier as Text;
    if (text !== null) kept.set(text, text);
    return text;
  };
}
