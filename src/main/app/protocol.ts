import { join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { net, protocol } from 'electron';

/**
 * Starts from nothing and allows what the bundle needs. No inline style or script anywhere; Vue's style
 * bindings go through the CSSOM, which CSP does not touch.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // A data channel would reach any address past connect-src.
  "webrtc 'block'",
  // A string becomes markup or script nowhere; Vue's runtime makes the one policy, for its own static content.
  "require-trusted-types-for 'script'",
  'trusted-types vue',
].join('; ');

/** Must be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves `app://bundle/…` from the built renderer's folder and nothing outside it. */
export function serveRenderer(): void {
  const folder = join(import.meta.dirname, '../renderer');
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url);
    const file = normalize(join(folder, decodeURIComponent(pathname)));
    if (host !== 'bundle' || !file.startsWith(folder + sep))
      return new Response('Not found', { status: 404 });
    const answer = await net.fetch(pathToFileURL(file).href).catch(() => null);
    if (!answer) return new Response('Not found', { status: 404 });
    const headers = new Headers(answer.headers);
    headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    headers.set('X-Content-Type-Options', 'nosniff');
    return new Response(answer.body, { status: answer.status, headers });
  });
}
