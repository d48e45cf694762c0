import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTokens as search, mask, MAX_FINDINGS } from './find-tokens.ts';

const findTokens = (text: string) => search(text).tokens;

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
    expect(findTokens(text)).toMatchObject([{ value: TOKEN, place, line }]);
  });

  it.each([
    ['nothing', ''],
    ['a sentence', 'The bearer of this letter has no token.'],
    ['a GUID', 'user 7b1f2c9e-6a3d-4f0e-9b57-0d2e8c4a1f36 logged in'],
    ['a hash', `sha256 ${'0123456789abcdef'.repeat(4)}`],
    ['a long path', `/usr/share/${'Documents/Projects2026/'.repeat(6)}readme.txt`],
    ['a masked token', 'Authorization: Bearer ********'],
    ['an empty field', '{"access_token":""}'],
    ['an id behind "Bearer"', 'Bearer a1b2c301-1b2c-4d3e-8f40-005566778801'],
    ['a client and its secret', `Authorization: Basic ${'YTFiMmMzMDE6'.repeat(6)}`],
    ['an image', `src="data:image/png;base64,${'iVBORw0KGgoAAAANSUhEUgAA'.repeat(5)}=="`],
    ['a code verifier', `code_verifier=${'aB3-dE4_fG5h'.repeat(6)}`],
  ])('finds none in %s', (_name, text) => {
    expect(findTokens(text)).toEqual([]);
  });

  it('tells each token once, the surest first', () => {
    const other = `Q${TOKEN.slice(1)}`;
    const text = `seen ${other} in the log\ncurl -H "Authorization: Bearer ${TOKEN}"\nagain ${TOKEN}`;
    expect(findTokens(text)).toMatchObject([
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
    const shapes = [
      ...[
        'a',
        'token:',
        '"',
        'bearer ',
        'token"\'\\',
        ' ',
        '=',
        'access_',
        '.',
        '-',
        '%3D',
        '=3D',
        '\n',
        '\\n',
      ],
      ...[`${'a'.repeat(20)}\n`, `${'.'.repeat(2_000)}a `, `${'-'.repeat(2_000)}a1B `, `${T.slice(0, 64)}\n`],
      ...[
        'bearer\n> ',
        `bearer ${' '.repeat(300)}`,
        'api.mypurecloud.de ',
        'eyJa.a.',
        `${'Aa1'.repeat(25)} `,
      ],
      ...[`${'Aa1'.repeat(10)} =\n`, `token${'"'.repeat(70)}:${'b1'.repeat(30)}`, 'mypurecloud.', '\u200B'],
      ...['a%2Da ', '&#45;', 'aB3dE4fG<p>', `aB3dE4fG${' '.repeat(200)}\n`],
    ];
    for (const unit of shapes) {
      const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
      for (const whole of [text, `bearer ${text}`, `${text}${T}`]) {
        const before = process.cpuUsage();
        findTokens(whole);
        const { user, system } = process.cpuUsage(before);
        // 200 ms are meant; a quadratic reader needs minutes.
        expect((user + system) / 1_000, unit.slice(0, 40)).toBeLessThan(20_000);
      }
    }
  });

  it('skips 60,000 blanks after "bearer" in no time', () => {
    const before = process.cpuUsage();
    expect(findTokens(`bearer${' '.repeat(60_000)}`)).toEqual([]);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(5_000);
  });
});

/** As long as Genesys Cloud's own. */
const T = 'aR3w_Zt0pQ8-vXn5bYc2Lm9sHd7fGj1aWe4uTi6oPy3xBq0rNk8zVh5gCs2lMd9jFa7eKw1tRu4yIo6pXb-Z7A';

describe('a token as people paste it', () => {
  it.each<[string, string, string, string]>([
    ['a sentence', `The leaked one is ${T}.`, 'loose', 'whole'],
    ['a header at the end of a sentence', `Authorization: Bearer ${T}.`, 'bearer', 'whole'],
    ['a header and three dots', `Authorization: Bearer ${T}...`, 'bearer', 'whole'],
    ['a sentence without a space', `It was ${T}.It leaked.`, 'loose', 'whole'],
    ['two lines', `Bearer ${T.slice(0, 64)}\n${T.slice(64)}`, 'bearer', 'joined'],
    ['two indented lines', `Bearer ${T.slice(0, 64)}\r\n    ${T.slice(64)}\r\nHost: x`, 'bearer', 'joined'],
    ['three lines', `token: ${T.slice(0, 40)}\n  ${T.slice(40, 80)}\n  ${T.slice(80)}`, 'field', 'joined'],
    ['a quoted mail', `> Bearer ${T.slice(0, 50)}\n> ${T.slice(50)}\n> Regards`, 'bearer', 'joined'],
    ['a line after the word', `Authorization: Bearer\n  ${T}\n`, 'bearer', 'whole'],
    ['lines of its own', `${T.slice(0, 64)}\n${T.slice(64)}\n`, 'alone', 'joined'],
    [
      'a shell with a line broken',
      `-H "Authorization: Bearer ${T.slice(0, 30)}\\\n${T.slice(30)}"`,
      'bearer',
      'joined',
    ],
    ['quoted-printable', `access_token=3D${T}`, 'address', 'whole'],
    [
      'quoted-printable with a soft break',
      `access_token=3D${T.slice(0, 50)}=\r\n${T.slice(50)}&x=3D1`,
      'address',
      'joined',
    ],
    ['quoted-printable header', `Authorization:=20Bearer=20${T}`, 'bearer', 'whole'],
    ['percent encoding', `access_token%3D${T}%26expires`, 'address', 'whole'],
    ['JSON', `"${T}",`, 'loose', 'whole'],
    ['single quotes', `'${T}'`, 'loose', 'whole'],
    ['backticks', `\`${T}\``, 'loose', 'whole'],
    ['angle brackets', `<${T}>`, 'loose', 'whole'],
    ['emphasis', `the token _${T}_ leaked`, 'loose', 'whole'],
    ['bold', `the token **${T}** leaked`, 'loose', 'whole'],
    ['a log with escapes', `msg=\\n${T}\\nend`, 'loose', 'whole'],
    ['JSON escapes', `{"h":"\\u0022${T}\\u0022"}`, 'loose', 'whole'],
    ['invisible characters', `${T.slice(0, 20)}\u200B${T.slice(20)}`, 'alone', 'whole'],
    ['a form', `h=Bearer+${T}&x=1`, 'bearer', 'whole'],
    ['a path', `see https://x.org/cb/${T}/next`, 'loose', 'whole'],
    ['a full stop alone', `${T}.`, 'alone', 'whole'],
    ['HTML with a line broken', `Bearer ${T.slice(0, 64)}<br />\n${T.slice(64)}</p>`, 'bearer', 'joined'],
    ['HTML with a word broken', `Bearer ${T.slice(0, 30)}<wbr>${T.slice(30)}`, 'bearer', 'joined'],
    ['strings put together', `"Bearer ${T.slice(0, 40)}" +\n  "${T.slice(40)}"`, 'bearer', 'joined'],
    [
      'strings put together by the operator below',
      `'Bearer ${T.slice(0, 40)}'\n  . '${T.slice(40)}'`,
      'bearer',
      'joined',
    ],
    ['strings below each other', `token = ("${T.slice(0, 40)}"\n  "${T.slice(40)}")`, 'loose', 'joined'],
    ['comments', `# Bearer ${T.slice(0, 60)}\n# ${T.slice(60)}\n`, 'bearer', 'joined'],
    ['comments of a program', `// token: ${T.slice(0, 60)}\n// ${T.slice(60)}\n`, 'field', 'joined'],
    ['a drawn table', `| Bearer ${T.slice(0, 60)}\n| ${T.slice(60)}\n`, 'bearer', 'joined'],
    [
      'lines with an empty one between',
      `Bearer ${T.slice(0, 60)}\r\n\r\n${T.slice(60)}\r\n`,
      'bearer',
      'joined',
    ],
    ['percent encoding of percent encoding', `access_token%253D${T}%2526expires`, 'address', 'whole'],
    ['percent encoding, four times', `Bearer%25252520${T}`, 'bearer', 'whole'],
  ])('is found whole in %s', (_name, text, place, wholeness) => {
    expect(findTokens(text)).toMatchObject([{ value: T, place, wholeness }]);
  });

  it('is said to be cut when it is shorter than those of Genesys Cloud', () => {
    expect(findTokens(`Authorization: Bearer ${T.slice(0, 64)}\n\nHost: x`)).toMatchObject([
      { value: T.slice(0, 64), wholeness: 'maybe-cut' },
    ]);
    expect(findTokens(`Bearer ${T.slice(0, 64)}\nHost: x`)).toMatchObject([{ wholeness: 'maybe-cut' }]);
  });

  it('keeps a signed token of another system in one piece', () => {
    const jwt = `eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.${T}`;
    expect(values(`Bearer ${jwt}`)).toEqual([jwt]);
  });

  it.each<[string, string | null]>([
    [`curl -H "Authorization: Bearer ${T}" https://api.mypurecloud.de/api/v2/users/me`, 'eu-central-1'],
    [`https://apps.mypurecloud.com.au/#access_token=${T}`, 'ap-southeast-2'],
    [`${T} https://api.usw2.pure.cloud`, 'us-west-2'],
    [`${T} https://login.use2.us-gov-pure.cloud/x`, 'us-east-2'],
    [`${T} https://API.MyPureCloud.IE.`, 'eu-west-1'],
    [`${T} https%3A%2F%2Fmypurecloud.jp%2F`, 'ap-northeast-1'],
    [`${T} https://api.mypurecloud.de.evil.org`, null],
    [`${T} https://notmypurecloud.de evil-mypurecloud.de`, null],
    [`${T} https://api.mypurecloud.de@evil.org/x`, null],
    [`api.mypurecloud.com\n${'x '.repeat(50)}\n${T} api.mypurecloud.jp`, 'ap-northeast-1'],
    [`GENESYSCLOUD_REGION="eu-central-1"\nGENESYSCLOUD_ACCESS_TOKEN=${T}`, 'eu-central-1'],
    [`client.setEnvironment(PureCloudRegionHosts.ap_northeast_1); t = '${T}'`, 'ap-northeast-1'],
    [`region: us-east-1, host api.mypurecloud.de ${T}`, 'eu-central-1'],
    [`eu-central-1 ${T} region: eu-central-11`, null],
    [`${T}, see https://help.mypurecloud.com/articles/x`, null],
    [`From: Genesys <donotreply@mypurecloud.com>\n\n${T}`, null],
    [`From: x@mail.mypurecloud.com\nBearer ${T}\nhttps://api.mypurecloud.ie`, 'eu-west-1'],
    [`Bearer ${T} (https://help.mypurecloud.com/x), at https://api.mypurecloud.de/`, 'eu-central-1'],
    [`curl https://api.mypurecloud.de/${'x'.repeat(90)} -H 'Bearer ${T}'\n# mypurecloud.com`, 'eu-central-1'],
    [`${T} hxxps://api[.]mypurecloud[.]de/`, 'eu-central-1'],
    [`access_token=3D${T}=\r\n https://api.mypure=\r\ncloud.de/`, 'eu-central-1'],
    [T, null],
  ])('brings the region of the host beside it: %s', (text, regionId) => {
    expect(findTokens(text)).toMatchObject([{ value: T, regionId }]);
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
