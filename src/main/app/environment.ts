import { z } from 'zod';
import { isOpenToTests } from './openness.ts';

// What tests may change from outside. A packaged app ignores all of it, and an override leads to this
// computer only: it can never send a token anywhere else.

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** TOKENDESK_API_BASE and TOKENDESK_LOGIN_BASE: where every region's hosts are replaced by a local server. */
export function hostOverride(): { apiBase: string; loginBase: string } | null {
  const apiBase = loopback('TOKENDESK_API_BASE');
  const loginBase = loopback('TOKENDESK_LOGIN_BASE');
  return apiBase !== null && loginBase !== null ? { apiBase, loginBase } : null;
}

/** ELECTRON_RENDERER_URL: electron-vite's development server, from which the window then loads its page. */
export function devServerOverride(): string | null {
  const address = read('ELECTRON_RENDERER_URL');
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && LOOPBACK.has(hostname) ? address : null;
}

/** TOKENDESK_SIGN_IN_MS: how long a sign-in in the browser may take, ms; null for as long as it should. */
export function signInLimitOverride(): number | null {
  const text = read('TOKENDESK_SIGN_IN_MS');
  return text === null ? null : z.coerce.number().int().min(1).parse(text);
}

/** TOKENDESK_KEEP_OUT_SPEED: how many times faster than the clock users are kept out; 1 unless a test says more. */
export function keepOutSpeed(): number {
  const text = read('TOKENDESK_KEEP_OUT_SPEED');
  return text === null ? 1 : z.coerce.number().int().min(1).max(10_000).parse(text);
}

const demoOptions = z.strictObject({
  port: z.int().min(0).max(65_535).exactOptional(),
  loginPort: z.int().min(0).max(65_535).exactOptional(),
  users: z.int().min(1).max(200_000).exactOptional(),
  limit: z.int().min(1).max(1_000_000).exactOptional(),
});

export type DemoOptions = z.infer<typeof demoOptions>;

/** TOKENDESK_DEMO: JSON that changes the demo organisation's size, ports and rate limit (calls per minute). */
export function demoOverride(): DemoOptions {
  const text = read('TOKENDESK_DEMO');
  return text === null ? {} : demoOptions.parse(JSON.parse(text));
}

function loopback(name: string): string | null {
  const value = read(name);
  if (value === null) return null;
  if (!LOOPBACK.has(new URL(value).hostname)) throw new Error(`${name} may only name this computer`);
  return value;
}

const read = (name: string): string | null => (isOpenToTests() ? (process.env[name] ?? null) : null);
