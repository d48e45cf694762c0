import { hash } from 'node:crypto';
import { z } from 'zod';

/** `prev` of the header, which has no line before it. */
export const NO_LINE = '0'.repeat(64);

/** What the writer adds to a body: position from 0, time (ISO 8601), and the hash of the line before. */
export interface Chain {
  readonly seq: number;
  readonly at: string;
  readonly prev: string;
}

export const chainFields = {
  seq: z.number().int().nonnegative(),
  at: z.string(),
  prev: z.string(),
};

/** SHA-256, hex, of a whole line, its line feed included: what `sed -n 7p journal.jsonl | sha256sum` says. */
export const hashLine = (line: Uint8Array): string => hash('sha256', line, 'hex');

/** A longer line is damage to the reader, so the writer never writes one. */
export const MAX_LINE_BYTES = 1024 * 1024;

/** What a single text of a record can have, characters: a header of such texts stays within a line. */
const MAX_TEXT = 4_000;

const cut = (_name: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;

/** How the records of one kind of journal become lines, and lines records. */
export interface RecordFormat<Body> {
  /**
   * @returns the line of a record, with its line feed; longer texts are cut. Throws for what the reader would refuse: a
   * finished journal must never be unreadable for a name that a server told.
   */
  readonly encode: (body: Body, chain: Chain) => Buffer;
  /** @param line without its line feed. @returns the record, or null when it is none that this version knows. */
  readonly decode: (line: string) => (Body & Chain) | null;
}

/** @param schema of a whole record: a body with the fields of the chain. */
export function recordFormat<Body extends { readonly type: string }>(
  schema: z.ZodType<Body & Chain>,
): RecordFormat<Body> {
  const decode = (line: string): (Body & Chain) | null => {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return null;
    }
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : null;
  };
  return {
    decode,
    encode: (body, { seq, at, prev }) => {
      const json = JSON.stringify({ seq, at, ...body, prev }, cut);
      const line = Buffer.from(`${json}\n`);
      if (line.length > MAX_LINE_BYTES || decode(json) === null)
        throw new Error(`A record of the kind "${body.type}" cannot be written.`);
      return line;
    },
  };
}
