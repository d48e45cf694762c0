import { MAX_LOCAL } from './address.ts';
import { plainValue } from './clean.ts';
import { scan, type Broken, type Mention } from './scan.ts';

/** What a value of a list says: a user id, an email address, something that names no user, or nothing at all. */
export interface Identifier {
  readonly kind: 'id' | 'email' | 'unreadable' | 'nobody';
  /** For comparing: lower case, since neither ids nor addresses differ by case. */
  readonly key: string;
  /** An id or address alone, otherwise what the list said; at most MAX_INPUT characters. */
  readonly input: string;
  /** 1-based line of the text, or row of the sheet. */
  readonly line?: number;
  /** What a person should know about how it was read. */
  readonly note?: string;
  /** What other columns say of it, with their names. */
  readonly details?: readonly (readonly [column: string, value: string])[];
}

/** Longest value kept for showing. An address has at most 254 characters (RFC 5321). */
const MAX_INPUT = 320;

const isMention = (mention: Mention | Broken): mention is Mention => 'kind' in mention;

const unreadable = (text: string): Identifier => ({
  kind: 'unreadable',
  key: text.toLowerCase().slice(0, MAX_INPUT),
  input: text.slice(0, MAX_INPUT),
});

/** Why a row that names somebody is kept back, where no column says it. */
export const LEFT_ALONE = 'The list says that this is somebody else, or to be left alone.';

/** Somebody who is not named. @param text what stands there instead. */
export const nobody = (text: string, note?: string): Identifier => ({
  kind: 'nobody',
  key: '',
  input: text.slice(0, MAX_INPUT),
  ...(note !== undefined && { note }),
});

/**
 * What one cell or entry of a list says: the users in it, each once, and what is broken; one unreadable value where there
 * is neither; nothing when it is empty.
 */
export function readValue(value: string): readonly Identifier[] {
  const text = plainValue(value);
  if (text === '') return [];
  const { mentions, broken } = scan(text);
  const meant = mentions.filter((mention) => mention.meant);
  if (meant.length === 0 && broken.length === 0)
    return mentions.length > 0 ? [nobody(text, LEFT_ALONE)] : [unreadable(text)];
  const seen = new Set<string>();
  const found: (Mention | Broken)[] = [...meant, ...broken].sort((a, b) => a.start - b.start);
  return found.flatMap((mention, n): Identifier[] => {
    const previous = found[n - 1];
    if (!isMention(mention) && previous && !isMention(previous) && mention.start <= previous.end + 1)
      return [];
    if (!isMention(mention)) return [unreadable(found.length === 1 ? text : wordAround(text, mention))];
    if (seen.has(mention.key)) return [];
    seen.add(mention.key);
    return [{ kind: mention.kind, key: mention.key, input: mention.input }];
  });
}

/** The characters around a broken address up to the next space or separator. */
function wordAround(text: string, { start, end }: Broken): string {
  const before =
    text
      .slice(Math.max(0, start - MAX_LOCAL), start)
      .split(/[\s;,<>()|]/)
      .at(-1) ?? '';
  const after = /^[^\s;,<>()|]*/.exec(text.slice(end, end + MAX_LOCAL))?.[0] ?? '';
  return before + text.slice(start, end) + after;
}
