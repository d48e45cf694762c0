import { describe, expect, it } from 'vitest';
import { findTokens } from './find-tokens.ts';

// A token in what chats, mails, pages and logs make of a text on its way.

/** As long as Genesys Cloud's own. */
const T = 'aR3w_Zt0pQ8-vXn5bYc2Lm9sHd7fGj1aWe4uTi6oPy3xBq0rNk8zVh5gCs2lMd9jFa7eKw1tRu4yIo6pXb-Z7A';
const [START, REST] = [T.slice(0, 64), T.slice(64)];

const found = (text: string) => findTokens(text).tokens.map(({ value, wholeness }) => [value, wholeness]);

describe('a token whose own marks are escaped', () => {
  it.each<[string, string]>([
    ['Markdown', `Bearer ${T.replaceAll('_', '\\_')}`],
    ['Markdown that escapes hyphens too', `the token is ${T.replaceAll(/[_-]/g, '\\$&')}.`],
    ['an address', `access_token=${T.replaceAll('-', '%2D').replaceAll('_', '%5F')}&x=1`],
    ['an address in an address', `access_token%3D${T.replaceAll('_', '%5f')}%26x`],
    ['the heading of a mail', `=?utf-8?Q?Bearer=20${T.replaceAll('_', '=5F')}?=`],
    ['HTML', `<p>Bearer ${T.replaceAll('_', '&#95;').replaceAll('-', '&#x2D;')}</p>`],
  ])('is found whole: %s', (_name, text) => {
    expect(found(text)).toEqual([[T, 'whole']]);
  });

  it('is none of a path that ends with a word before it', () => {
    const value = `_${T.slice(1)}`;
    expect(found(`C:\\tokens\\${value}`)).toEqual([[value, 'whole']]);
  });
});

describe('a token in quoted-printable', () => {
  it.each<[string, string]>([
    ['small letters', `access_token=3d${T}`],
    ['a colon', `access_token=3A${T}`],
    ['a tabulator', `Content-Transfer-Encoding: quoted-printable\n\ntoken:=09${T}`],
    ['a space that does not break', `Bearer=C2=A0${T}`],
    ['angle brackets', `=3C${T}=3E`],
  ])('is found without the escape before it: %s', (_name, text) => {
    expect(found(text)).toEqual([[T, 'whole']]);
  });
});

describe('a token with what nobody sees in it', () => {
  it.each<[string, string]>([
    ['entities of HTML', `Bearer ${T.slice(0, 40)}&shy;${T.slice(40, 60)}&#8203;${T.slice(60)}`],
    ['a variation selector', `${T.slice(0, 40)}\uFE0F${T.slice(40)}`],
    ['a joiner of graphemes', `${T.slice(0, 40)}\u034F${T.slice(40)}`],
    ['tags', `Bearer ${T.slice(0, 40)}\u{E0020}${T.slice(40)}`],
    ['a file in UTF-16, read as another', Array.from(T).join('\0')],
    ['a small hyphen', `Bearer ${T.replaceAll('-', '\uFE63')}`],
  ])('is found whole: %s', (_name, text) => {
    expect(found(text)).toEqual([[T, 'whole']]);
  });
});

describe('a token that goes on behind', () => {
  it.each<[string, string]>([
    ['a line separator', `Bearer ${START}\u2028${REST}`],
    ['a form feed', `Bearer ${START}\f${REST}`],
    ['a line end in JSON', `{"text":"Bearer ${START}\\n${REST}"}`],
    ['a line end of Windows in JSON in JSON', `{\\"text\\":\\"Bearer ${START}\\\\r\\\\n  ${REST}\\"}`],
    ['a line end by its number', `{"text":"Bearer ${START}\\u000a${REST}"}`],
    ['a paragraph', `<p>Bearer ${START}</p>\n<p class="x">${REST}</p>`],
    ['colours of HTML', `Bearer <span class="s">${START}</span><span class="s">${REST}</span>`],
    ['a break with a style', `Bearer ${START}<br clear="all">${REST}`],
    ['a row of a table', `| Bearer ${START} |\n| ${REST} |`],
    ['a frame that is drawn', `│ Bearer ${START} │\n│ ${REST} │`],
    ['the width of a terminal', `Bearer ${START}${' '.repeat(56)}\n${REST}`],
    ['the number of a line', ` 12 | Bearer ${START}\n 13 | ${REST}`],
    ['another string of C#', `@"Bearer ${START}" +\n  @"${REST}"`],
    ['another string in backticks', `\`Bearer ${START}\`\n  + \`${REST}\``],
  ])('is found whole: %s', (_name, text) => {
    expect(found(text)).toEqual([[T, 'joined']]);
  });
});

describe('a token whose line ends became something else', () => {
  const [A, B, C] = [T.slice(0, 30), T.slice(30, 64), T.slice(64)];

  it.each<[string, string]>([
    ['a blank', `Authorization: Bearer ${START} ${REST}\nHost: x`],
    ['blanks', `Bearer ${A} ${B}  ${C} and more`],
    ['a blank that does not break', `token: ${START}\u00A0${REST}.`],
    ['a blank that does not break, and a line end', `Bearer ${START}\u00A0\n${REST}`],
    ['a hyphen and a line end', `Bearer ${START}-\n${REST}`],
    ['an arrow at the end of the line', `Bearer ${START}↩\n${REST}`],
    ['an arrow where it goes on', `Bearer ${START}\n↪ ${REST}`],
  ])('is found whole: %s', (_name, text) => {
    expect(found(text)).toEqual([[T, 'joined']]);
  });

  it('is cut, and takes no word of the text with it', () => {
    const cut = T.slice(0, 80);
    for (const text of [`Bearer ${cut} leaked`, `Bearer ${cut} please end it`, `Bearer ${cut} 202611`])
      expect(found(text)).toEqual([[cut, 'maybe-cut']]);
  });
});

it.each(['..', '...', '.....'])('a token whose middle was left out, “%s”, is none', (dots) => {
  const shortened = `access_token=${T.slice(0, 30)}${dots}${T.slice(-8)}`;
  expect(found(shortened)).toEqual([]);
  expect(found(`${shortened}\nBearer ${T}...`)).toEqual([[T, 'whole']]);
});

it.each(['.', '/', '~', '+', '+/'])('two tokens with nothing but “%s” between them are two', (mark) => {
  const other = `Z${T.slice(1)}`;
  expect(found(`${T}${mark}${other}`)).toEqual([
    [T, 'whole'],
    [other, 'whole'],
  ]);
});
