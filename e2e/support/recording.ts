import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';

/** For `launch({ preload })`: from then on main writes down what it hands to the window. */
export const RECORDER = join(import.meta.dirname, 'recorder.cjs');

interface Recording {
  /** Every answer of a call, failures too, and every event: its name, and what crossed, as text. */
  readonly crossed: readonly { readonly name: string; readonly text: string }[];
  /** Every secret that main sent to an API or login host, or got from one. */
  readonly secrets: readonly string[];
}

export const recordingOf = (app: ElectronApplication): Promise<Recording> =>
  app.evaluate(() => {
    const { crossed, secrets } = (
      globalThis as unknown as { recorder: { crossed: Recording['crossed']; secrets: ReadonlySet<string> } }
    ).recorder;
    return { crossed, secrets: [...secrets] };
  });

/**
 * The ways in which a secret may stand in a text: as it is, as an address or JSON has it, in hex, and in Base64, of its
 * own or in the middle of something longer, wherever its first byte falls.
 */
export function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const inBase64 = [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // Only the characters that hold nothing but bits of the secret: six bits each.
    const own = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const asText = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  return [...new Set([...asText, bytes.toString('hex'), ...inBase64])];
}
