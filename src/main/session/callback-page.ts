import { createHash } from 'node:crypto';

/** What the browser is shown once its answer is in. */
export type PageKind = 'signed-in' | 'not-signed-in';

const STYLE =
  ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}' +
  'body{margin:0;min-height:100vh;display:grid;place-items:center}main{max-width:30rem;padding:2rem}' +
  'h1{font-size:1.375rem;line-height:1.3}';
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const WORDS: Readonly<Record<PageKind, { readonly title: string; readonly text: string }>> = {
  'signed-in': {
    title: 'You can close this page',
    text: 'Tokendesk has what it needs. Go back to its window to go on.',
  },
  'not-signed-in': {
    title: 'Signing in was not completed',
    text: 'You can close this page. The window of Tokendesk says what happened and what to do.',
  },
};

/** The page on which the browser ends: no script, nothing loaded, nothing of what was brought back on it. */
export function closingPage(kind: PageKind): {
  readonly html: string;
  readonly contentSecurityPolicy: string;
} {
  const { title, text } = WORDS[kind];
  return {
    contentSecurityPolicy: `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Tokendesk</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
</main>
</body>
</html>
`,
  };
}
