/** Base64 of a token alone has 115 characters without its padding. */
const LEAST = 115;
const LINE = /[A-Za-z0-9+/]+={0,2}/y;

export interface Encoded {
  /** Null where it is no text: a picture, a key. */
  readonly text: string | null;
  /** Where what stands around it goes on. */
  readonly end: number;
}

/**
 * What stands there in base64, in one line or in lines of one length, as in a secret of Kubernetes or the body of a mail
 * (RFC 4648, section 4; RFC 2045, 6.8). Null when it is too short to hold a token. That random characters decode to text
 * does not happen by chance.
 */
export function base64At(text: string, at: number): Encoded | null {
  const lines: string[] = [];
  let end = at;
  for (let from: number | null = at; from !== null;) {
    LINE.lastIndex = from;
    const [line] = LINE.exec(text) ?? [];
    if (line === undefined) break;
    lines.push(line);
    end = from + line.length;
    const lineBreak = /^\r?\n/.exec(text.slice(end, end + 2))?.[0].length;
    from = lineBreak !== undefined && line.length === lines[0]?.length ? end + lineBreak : null;
  }
  const encoded = lines.join('');
  return encoded.length < LEAST ? null : { text: decode(encoded), end };
}

function decode(base64: string): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
    return /\p{Cc}/u.test(text.replace(/[\t\r\n]/g, '')) ? null : text;
  } catch {
    return null;
  }
}

/** Where the keys and certificates of a text stand (RFC 7468), in its order: what is in them is no token. */
export function pemBlocks(text: string): { readonly from: number; readonly end: number }[] {
  const blocks = [];
  for (let from = text.indexOf('-----BEGIN '); from !== -1;) {
    const end = text.indexOf('-----END ', from);
    if (end === -1) break;
    blocks.push({ from, end });
    from = text.indexOf('-----BEGIN ', end);
  }
  return blocks;
}
