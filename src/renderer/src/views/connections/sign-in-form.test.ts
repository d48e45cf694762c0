import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkForm, emptyForm, httpsBase } from './sign-in-form.ts';

describe('checkForm', () => {
  it('asks nothing for the demo organization', () => {
    expect(checkForm({ ...emptyForm(), method: 'demo' })).toEqual({ ok: true, request: { method: 'demo' } });
  });

  it('names every empty field', () => {
    const checked = checkForm({ ...emptyForm(), region: 'custom' });
    expect(checked.ok ? [] : Object.keys(checked.problems).sort()).toEqual([
      'apiHost',
      'clientId',
      'loginHost',
      'secret',
    ]);
  });

  it('trims what is pasted', () => {
    const form = {
      ...emptyForm(),
      clientId: ' id\n',
      secret: { from: 'typed', value: ' s3cret \n' },
      label: ' Acme ',
    } as const;
    expect(checkForm(form)).toEqual({
      ok: true,
      request: {
        method: 'client-credentials',
        region: { kind: 'genesys', id: 'us-east-1' },
        clientId: 'id',
        clientSecret: { from: 'typed', value: 's3cret' },
        label: 'Acme',
        remember: true,
      },
    });
  });

  it('lets main read a token from the clipboard, so that the form holds none', () => {
    const form = {
      ...emptyForm(),
      method: 'access-token',
      secret: { from: 'clipboard' },
      remember: false,
    } as const;
    expect(checkForm(form)).toMatchObject({
      ok: true,
      request: { method: 'access-token', token: { from: 'clipboard' }, remember: false },
    });
  });
});

describe('httpsBase', () => {
  it.each([
    ['api.example.com', 'https://api.example.com'],
    [' https://gw.example.com/genesys/ ', 'https://gw.example.com/genesys'],
    ['http://api.example.com', null],
    ['https://user:pass@api.example.com', null],
    ['https://api.example.com/?a=1', null],
    ['ftp://example.com', null],
    ['', null],
    ['not a host', null],
  ])('%j is %j', (text, base) => {
    expect(httpsBase(text)).toBe(base);
  });

  it('never lets anything but https through', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const base = httpsBase(text);
        return base === null || new URL(base).protocol === 'https:';
      }),
    );
  });
});
