const LINE_FEED = 10;

/** A line without an end, or longer than any that this program writes: it must not fill the memory. */
export class LineTooLong extends Error {}

/**
 * The lines of a file, each with its line feed, as many at a time as a piece ends. What stands behind the last line feed
 * is left out. Each byte is looked at once, however the file is cut into pieces.
 * @throws LineTooLong
 */
export async function* linesOf(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<readonly Buffer[]> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
      const part = bytes.subarray(start, end + 1);
      const line = rest.length === 0 ? part : Buffer.concat([...rest, part]);
      rest = [];
      restBytes = 0;
      start = end + 1;
      if (line.length > maxBytes) throw new LineTooLong('A line is too long.');
      lines.push(line);
    }
    if (start < bytes.length) rest.push(bytes.subarray(start));
    restBytes += bytes.length - start;
    if (lines.length > 0) yield lines;
    if (restBytes > maxBytes) throw new LineTooLong('A line has no end.');
  }
}
