import type { Answer } from '../http/answers.ts';
import type { OrgUser } from '../org/org.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? '');

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
  main { max-width: 26rem; padding: 2rem; }
  h1 { font-size: 1.375rem; line-height: 1.3; }
  label { display: block; margin-top: 1.5rem; font-weight: 600; }
  select, button { font: inherit; min-height: 2.75rem; padding: 0 1rem; border-radius: .5rem; }
  select { width: 100%; margin-top: .25rem; }
  .buttons { display: flex; gap: .75rem; margin-top: 1.5rem; }
  :focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
`;

const html = (status: number, title: string, content: string): Answer => ({
  status,
  headers: {
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  },
  page: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${content}
</main>
</body>
</html>
`,
});

export const refusalPage = (reason: string): Answer =>
  html(400, 'This sign-in cannot go on', `<p>${escape(reason)}</p>`);

export interface Consent {
  readonly orgName: string;
  readonly clientName: string;
  readonly users: readonly OrgUser[];
  /** The authorization request, given back with the decision. */
  readonly params: URLSearchParams;
}

const CARRIED = [
  'client_id',
  'redirect_uri',
  'response_type',
  'code_challenge',
  'code_challenge_method',
  'state',
];

export const consentPage = ({ orgName, clientName, users, params }: Consent): Answer => {
  const hidden = CARRIED.filter((name) => params.has(name)).map(
    (name) => `<input type="hidden" name="${name}" value="${escape(params.get(name) ?? '')}">`,
  );
  const options = users.map(
    ({ id, name, email, title }) =>
      `<option value="${id}">${escape(name)} – ${escape(title)} (${escape(email)})</option>`,
  );
  return html(
    200,
    `Allow “${clientName}” to use ${orgName}?`,
    `<p>This is the simulated sign-in of the demo organisation. No password is needed.</p>
<form method="post" action="/oauth/authorize">
${hidden.join('\n')}
<label for="user">Sign in as</label>
<select id="user" name="user">
${options.join('\n')}
</select>
<div class="buttons">
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny">Deny</button>
</div>
</form>`,
  );
};
