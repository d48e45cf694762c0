import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const RENDERER = join(import.meta.dirname, '../../out/renderer');

/** Bytes, compressed. */
export interface BundleResult {
  /** Scripts and styles that the window waits for before its first paint. */
  readonly scripts: number;
  readonly styles: number;
  readonly files: number;
}

const IMPORTED = /(?:import|from)\s*["']\.\/([^"']+\.js)["']/g;

/** What the built page asks for before it can show the first view, which is in its first file. */
export async function measureBundle(): Promise<BundleResult> {
  const html = await readFile(join(RENDERER, 'index.html'), 'utf8');
  const asset = (name: string): Promise<string> => readFile(join(RENDERER, 'assets', basename(name)), 'utf8');
  const [entry = ''] = /assets\/[^"']+\.js/.exec(html) ?? [];
  const scripts = new Map<string, number>();
  const take = async (name: string): Promise<void> => {
    if (scripts.has(basename(name))) return;
    const text = await asset(name);
    scripts.set(basename(name), gzipSync(text).length);
    for (const [, other = ''] of text.matchAll(IMPORTED)) await take(other);
  };
  await take(entry);
  const styles = [...html.matchAll(/assets\/[^"']+\.css/g)].map(([name]) => name);
  const sizes = await Promise.all(styles.map(async (name) => gzipSync(await asset(name)).length));
  return {
    scripts: [...scripts.values()].reduce((sum, size) => sum + size, 0),
    styles: sizes.reduce((sum, size) => sum + size, 0),
    files: scripts.size + styles.length,
  };
}
