import { describe, expect, it } from 'vitest';
import { findTokens as search } from './find-tokens.ts';

const findTokens = (text: string) => search(text).tokens;

/** As long as Genesys Cloud's own. */
const A = 'aR3w_Zt0pQ8-vXn5bYc2Lm9sHd7fGj1aWe4uTi6oPy3xBq0rNk8zVh5gCs2lMd9jFa7eKw1tRu4yIo6pXb-Z7A';
const B = '7Kd_q2Wm-Zx9TbY4sLh0uVn6RgJc8PfE1oAi5MtXwQ3vGyB7kDr2NzHlUe4SjCqO9aFm6TpIx0LbWv8YsKd1Rg';
const JWT = 'eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJpc3MiOiJodHRwczovL2lkcC5leGFtcGxlIn0.c2lnbmF0dXJlc2ln';
const HALVES = [A.slice(0, 50), A.slice(50)] as const;

const values = (text: string): readonly string[] => findTokens(text).map(({ value }) => value);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const inLines = (text: string, width: number, lineEnd = '\n'): string =>
  (text.match(new RegExp(`[^]{1,${width}}`, 'g')) ?? []).join(lineEnd);

/** https://github.com/curl/curl/blob/master/src/tool_cb_dbg.c: offset, colon, at most 64 characters. */
const trace = (header: string): string =>
  inLines(header, 64)
    .split('\n')
    .map((line, index) => `${(0x35 + 64 * index).toString(16).padStart(4, '0')}: ${line}`)
    .join('\n');

describe('a token in what programs write', () => {
  it.each<[string, string]>([
    ['a log of nginx', `body="{\\x22access_token\\x22:\\x22${A}\\x22,\\x22expires_in\\x22:86399}"`],
    ['a log with octal escapes', `token=\\042${A}\\042`],
    ['colours', `\u001B[36mAuthorization:\u001B[0m \u001B[1;33mBearer ${A}\u001B[0m`],
    ['colours whose escape was lost', `tok [33m${A}[0m ok`],
    ['colours written out', `\\x1b[33m${A}\\x1b[0m`],
    ['colours as a shell writes them', `\\033[1;33m${A}\\033[0m`],
    ['curl --trace-ascii', `=> Send header\n${trace(`Authorization: Bearer ${A}`)}\n00a5: Accept: */*`],
    ['a narrow column', `Authorization: Bearer\n${inLines(A, 14)}\nAccept: */*`],
    ['a line that ends soon', `Bearer ${A.slice(0, 12)}\n${A.slice(12)}`],
    ['VBA', `token = "${HALVES[0]}" & _\n        "${HALVES[1]}"`],
    ['SQL', `VALUES ('${HALVES[0]}' ||\n  '${HALVES[1]}')`],
    ['Lua', `token = "${HALVES[0]}" ..\n  "${HALVES[1]}"`],
    ['a hyphen that does not break', `Bearer ${A.replaceAll('-', '\u2011')}`],
    ['a hyphen of an editor', `Bearer ${A.replaceAll('-', '\u2010')}`],
    [
      'full width',
      `Bearer ${A.replace(/[A-Za-z0-9]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))}`,
    ],
  ])('is found whole: %s', (_name, text) => {
    expect(values(text)).toEqual([A]);
  });
});

it('a word in brackets is no colour of a terminal', () => {
  expect(findTokens(`[mypurecloud.de](https://x.example) Bearer ${A}`)).toMatchObject([
    { value: A, regionId: 'eu-central-1' },
  ]);
});

it('a backslash before a token is no escape that belongs to it', () => {
  const digits = `047${A.slice(3)}`;
  expect(values(`C:\\tokens\\${digits}`)).toEqual([digits]);
});

it('more tokens than are shown are counted', () => {
  const lines = Array.from({ length: 12 }, (_, n) => `Bearer ${A.slice(0, -2)}${n + 10}`);
  expect(search(lines.join('\n'))).toMatchObject({ total: 12, tokens: { length: 10 } });
  expect(search('nothing')).toEqual({ total: 0, tokens: [] });
});

describe('a token in base64', () => {
  const answer = JSON.stringify({ access_token: A, token_type: 'bearer', expires_in: 86_399 });
  const mail = base64(
    `Hello,\r\n\r\nAuthorization: Bearer ${A}\r\nat https://api.mypurecloud.de\r\n\r\nAna Müller`,
  );

  it.each<[string, string, string]>([
    ['a secret of Kubernetes', `data:\n  access-token: ${base64(A)}\n  region: ZXU=`, 'field'],
    ['the same with a line end', `data:\n  GENESYSCLOUD_ACCESS_TOKEN: ${base64(`${A}\n`)}\n`, 'field'],
    ['a header', `header=${base64(`Authorization: Bearer ${A}`)}`, 'bearer'],
    ['a token answer', `payload: ${base64(answer)}`, 'field'],
    ['lines', `${inLines(base64(answer), 76)}\n`, 'field'],
    ['a mail', `Content-Transfer-Encoding: base64\r\n\r\n${inLines(mail, 76, '\r\n')}\r\n`, 'bearer'],
    ['a name and password', `Authorization: Basic ${base64(`token:${A}`)}`, 'field'],
    ['base64', `data:\n  mail: ${base64(mail)}`, 'bearer'],
  ])('is what is found, not the base64: %s', (_name, text, place) => {
    expect(findTokens(text)).toMatchObject([{ value: A, wholeness: 'whole', place }]);
  });

  it('brings the region that its own text names, before the one around it', () => {
    expect(findTokens(`seen at api.mypurecloud.com: ${mail}`)).toMatchObject([{ regionId: 'eu-central-1' }]);
    expect(findTokens(`api.mypurecloud.com ${base64(A)}`)).toMatchObject([{ regionId: 'us-east-1' }]);
  });

  it('is none where the base64 is another text', () => {
    expect(values(`SAMLResponse=${base64('<samlp:Response ID="_a1b2c3">'.repeat(5))}`)).toEqual([]);
  });
});

describe('what is no access token', () => {
  const lines = 'MIIDdzCCAl8CFHx1aB3dE4fG5hJ6kL7mN8pQ9rS0tU1vW2xY3zA4bC5dE6fG7hJ8\n'.repeat(3);

  it.each<[string, string]>([
    ['a token of GitHub', 'GITHUB_TOKEN: ghp_R4nd0mR4nd0mR4nd0mR4nd0mR4nd0mR4nd0'],
    ['a token of npm', 'NPM_TOKEN=npm_aB3dE4fG5hJ6kL7mN8pQ9rS0tU1vW2xY3zA4'],
    ['a token of Slack', 'SLACK_TOKEN=xoxb-123456789012-123456789012-aB3dE4fG5hJ6kL7mN8pQ9rS0'],
    ['a session of AWS', `AWS_SESSION_TOKEN=IQoJb3JpZ2luX2VjEJr//////////wEaCXVz${'aB3dE4fG5h'.repeat(9)}`],
    ['the token of a form', 'X-CSRF-Token: aB3dE4fG5hJ6kL7mN8pQ9rS0tU1vW2xY'],
    ['the token of a next page', '"nextPageToken": "CiAKGjBpNDd2Nmp2Zml2cXRwYjBpOXA1bTZkZGZnSgEBGAE"'],
    ['an id token', `id_token=${JWT}`],
    ['a key', `-----BEGIN PRIVATE KEY-----\n${lines}kL9mN0pQ1rS2tU3v\n-----END PRIVATE KEY-----\n`],
    [
      'a key in JSON',
      `"-----BEGIN PRIVATE KEY-----\\n${lines.replaceAll('\n', '\\n')}-----END PRIVATE KEY-----"`,
    ],
    ['a public key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ5s0tU1vW2xY3zA4bC5dE6fG7hJ8kL9mN0pQ1rS2tU3 ana'],
  ])('is not offered: %s', (_name, text) => {
    expect(values(text)).toEqual([]);
    expect(values(`${text}\ntoken: ${A}`)).toEqual([A]);
  });

  it('comes behind what has the length of one', () => {
    expect(values(`X-Id: Bearer ${JWT}\nAuthorization: Bearer ${A}`)).toEqual([A, JWT]);
    expect(values(`{"refresh_token":"${B}","access_token":"${A}"}`)).toEqual([A, B]);
  });
});

it('takes no more time for encoded text than for another', () => {
  const binary = Buffer.from(Array.from({ length: 57 }, (_, index) => (index * 37) % 256)).toString('base64');
  const shapes = [`${binary}\n`, binary, '-----BEGIN A', '\u001B[', '[1;1;1;', 'bearer aB3dE4fG\n', '\u2011'];
  for (const unit of [...shapes, base64('plain text '), '-----BEGIN A-----\n-----END A-----\n']) {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    const before = process.cpuUsage();
    findTokens(text);
    const { user, system } = process.cpuUsage(before);
    // 300 ms are meant; a quadratic reader needs minutes.
    expect((user + system) / 1_000, unit.slice(0, 40)).toBeLessThan(20_000);
  }
});
