import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTokens, mask, MAX_FINDINGS } from './find-tokens.ts';

const TOKEN = 'kR3w_Zt0pQ8-vXn5bYc2Lm9sHd7fGj1aWe4uTi6oPy3xBq0rNk8zVh5gCs2lMd9jFa7eKw1tRu4yIo6pXb';

/** Characters and length of what Genesys Cloud issues, with what every random one of that length has. */
const token = fc
  .string({
    unit: fc.constantFrom(...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')),
    minLength: 83,
    maxLength: 83,
  })
  .map((middle) => `a${middle}Z7`);

const values = (text: string): readonly string[] => findTokens(text).map(({ value }) => value);

describe('findTokens', () => {
  it.each([
    ['the token alone', TOKEN, 'alone', 1],
    ['with white space around', `\n  ${TOKEN}\r\n`, 'alone', 1],
    ['a header', `Authorization: Bearer ${TOKEN}`, 'bearer', 1],
    [
      'headers',
      `GET /api/v2/users HTTP/1.1\nHost: api.mypurecloud.de\nauthorization: bearer ${TOKEN}\n`,
      'bearer',
      3,
    ],
    [
      'a curl command',
      `curl -s -H 'Authorization: Bearer ${TOKEN}' https://api.mypurecloud.ie/api/v2/users/me`,
      'bearer',
      1,
    ],
    ['a JSON body', `{"access_token":"${TOKEN}","token_type":"bearer","expires_in":86399}`, 'field', 1],
    ['JSON inside JSON', `{"msg":"{\\"access_token\\": \\"${TOKEN}\\"}"}`, 'field', 1],
    ['a header in JSON', `{"headers":{"Authorization":"Bearer ${TOKEN}"}}`, 'bearer', 1],
    ['YAML', `genesys:\n  accessToken: ${TOKEN}\n`, 'field', 2],
    ['an address', `https://apps.mypurecloud.com/x/#access_token=${TOKEN}&expires_in=86399`, 'address', 1],
    ['an encoded header', `?h=Authorization:%20Bearer%20${TOKEN}&x=1`, 'bearer', 1],
    ['an environment variable', `export GENESYSCLOUD_ACCESS_TOKEN="${TOKEN}"`, 'address', 1],
    ['a log line', `2026-11-20T08:14:03Z WARN gateway user=77 tok ${TOKEN}, retrying`, 'loose', 1],
    ['quotes in a letter', `they used "${TOKEN}".`, 'loose', 1],
  ])('finds it in %s', (_name, text, place, line) => {
    expect(findTokens(text)).toEqual([{ value: TOKEN, place, line }]);
  });

  it.each([
    ['nothing', ''],
    ['a sentence', 'The bearer of this letter has no token.'],
    ['a GUID', 'user 7b1f2c9e-6a3d-4f0e-9b57-0d2e8c4a1f36 logged in'],
    ['a hash', `sha256 ${'0123456789abcdef'.repeat(4)}`],
    ['a long path', `/usr/share/${'Documents/Projects2026/'.repeat(6)}readme.txt`],
    ['a masked token', 'Authorization: Bearer ********'],
    ['an empty field', '{"access_token":""}'],
  ])('finds none in %s', (_name, text) => {
    expect(findTokens(text)).toEqual([]);
  });

  it('tells each token once, the surest first', () => {
    const other = `Q${TOKEN.slice(1)}`;
    const text = `seen ${other} in the log\ncurl -H "Authorization: Bearer ${TOKEN}"\nagain ${TOKEN}`;
    expect(findTokens(text)).toEqual([
      { value: TOKEN, place: 'bearer', line: 2 },
      { value: other, place: 'loose', line: 1 },
    ]);
  });

  it('finds every token whole, however it is wrapped', () => {
    const wrap = fc.constantFrom<(value: string) => string>(
      (value) => `Authorization: Bearer ${value}`,
      (value) => `{"access_token": "${value}"}`,
      (value) => `curl -H 'authorization: bearer ${value}' https://api.mypurecloud.de/`,
      (value) => `#access_token=${value}&token_type=bearer`,
      (value) => `time=1 tok ${value}`,
    );
    const prose = fc.lorem({ mode: 'sentences', maxCount: 3 });
    fc.assert(
      fc.property(token, wrap, prose, prose, (value, wrapped, before, after) => {
        expect(values(`${before}\n${wrapped(value)}\n${after}`)).toEqual([value]);
      }),
    );
  });

  it('never finds more than the text has, nor more than its limit', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(token, fc.string(), fc.constant(' Bearer '))), (parts) => {
        const text = parts.join(' ');
        const found = values(text);
        expect(found.length).toBeLessThanOrEqual(MAX_FINDINGS);
        expect(new Set(found).size).toBe(found.length);
        for (const value of found) expect(text).toContain(value);
      }),
    );
  });

  it('takes no more time for a text made to be slow than for another', () => {
    for (const unit of ['a', 'token:', '"', 'bearer ', 'token"\'\\', ' ', '=', 'access_']) {
      expect(findTokens(unit.repeat(200_000 / unit.length)).length).toBeLessThanOrEqual(1);
    }
  });
});

describe('mask', () => {
  it('shows eight characters of a token and none of anything short', () => {
    fc.assert(
      fc.property(token, (value) => {
        const shown = mask(value);
        expect(shown).not.toContain(value.slice(4, -4));
        expect(shown.replaceAll('•', '')).toBe(value.slice(0, 4) + value.slice(-4));
      }),
    );
    expect(mask('a-short-secret')).toBe('••••••••');
  });
});
