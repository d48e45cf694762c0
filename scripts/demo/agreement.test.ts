import { describe, expect, it } from 'vitest';
import { disagreements, tally, type Evidence, type ExpectedRow } from './agreement.ts';

const LIST: readonly ExpectedRow[] = [
  { input: 'ann@x.example', userId: 'ann', fate: 'revoked' },
  { input: 'bob@x.example', userId: 'bob', fate: 'revoked' },
  { input: 'ANN@x.example', userId: 'ann', fate: 'duplicate' },
  { input: 'me@x.example', userId: 'me', fate: 'yourself' },
  { input: 'del@x.example', userId: 'del', fate: 'deleted' },
  { input: 'who@x.example', userId: null, fate: 'not-found' },
];
const once = [{ at: 1 }];

const evidence = (over: Partial<Evidence> = {}): Evidence => ({
  expected: LIST,
  report: LIST,
  revocations: { ann: once, bob: once },
  administrator: 'me',
  nameOf: (userId) => `${userId}@x.example`,
  ...over,
});
const reportWith = (at: number, change: object): Evidence['report'] =>
  LIST.map((row, index) => (index === at ? { ...row, ...change } : row));

describe('disagreements', () => {
  it('finds none where list, report and ledger say the same', () => {
    expect(disagreements(evidence())).toEqual([]);
  });

  it('takes a second revocation of the same user for what it is: an answer that was lost on its way', () => {
    expect(disagreements(evidence({ revocations: { ann: [...once, ...once], bob: once } }))).toEqual([]);
  });

  it('names a user who is revoked in the report only', () => {
    const missing = ['bob@x.example: revoked in the report, not at the server.'];
    expect(disagreements(evidence({ revocations: { ann: once } }))).toEqual(missing);
    expect(disagreements(evidence({ revocations: { ann: once, bob: [] } }))).toEqual(missing);
  });

  it('names a user who is revoked at the server only', () => {
    expect(disagreements(evidence({ revocations: { ann: once, bob: once, eve: once } }))).toEqual([
      'eve@x.example: revoked at the server; the report says nothing of this user.',
    ]);
    expect(disagreements(evidence({ revocations: { ann: once, bob: once, del: once } }))).toEqual([
      'del@x.example: revoked at the server; the report says deleted.',
    ]);
  });

  it('names a revoked administrator', () => {
    expect(disagreements(evidence({ revocations: { ann: once, bob: once, me: once } }))).toEqual([
      'me@x.example: revoked at the server; the report says yourself.',
      'The administrator who ran it was revoked at the server.',
    ]);
  });

  it('names the wrong user behind the right address', () => {
    expect(disagreements(evidence({ report: reportWith(1, { userId: 'eve' }) }))).toEqual([
      'Row 2, bob@x.example: is user bob, the report says eve.',
      'bob@x.example: revoked in the report, not at the server.',
      'bob@x.example: revoked at the server; the report says nothing of this user.',
    ]);
  });

  it('names a row with another fate than the list gives it', () => {
    expect(disagreements(evidence({ report: reportWith(4, { fate: 'not-found' }) }))).toEqual([
      'Row 5, del@x.example: should be deleted, the report says not-found.',
    ]);
    expect(disagreements(evidence({ report: reportWith(1, { fate: 'failed' }) }))).toEqual([
      'Row 2, bob@x.example: should be revoked, the report says failed.',
      'bob@x.example: revoked at the server; the report says failed.',
    ]);
  });

  it('names rows that are missing, too many or in another place', () => {
    expect(disagreements(evidence({ report: LIST.slice(0, -1) }))).toEqual([
      'The list has 6 rows, the report 5.',
    ]);
    expect(disagreements(evidence({ report: [...LIST, { ...LIST[5]!, input: 'new' }] }))).toEqual([
      'The list has 6 rows, the report 7.',
    ]);
    expect(disagreements(evidence({ report: [LIST[1]!, LIST[0]!, ...LIST.slice(2)] }))).toEqual([
      'Row 1, ann@x.example: the report has bob@x.example there.',
      'Row 2, bob@x.example: the report has ann@x.example there.',
    ]);
  });

  it('names a user who is revoked in two rows, and a revoked row without a user', () => {
    expect(disagreements(evidence({ report: reportWith(2, { fate: 'revoked' }) }))).toContain(
      'ANN@x.example: revoked twice in the report.',
    );
    expect(disagreements(evidence({ report: reportWith(5, { fate: 'revoked' }) }))).toContain(
      'who@x.example: revoked in the report, without a user id.',
    );
  });
});

describe('tally', () => {
  it('counts the fates that occur, the revoked first', () => {
    expect(tally(LIST.slice(1, 5))).toEqual([
      { fate: 'revoked', rows: 1 },
      { fate: 'yourself', rows: 1 },
      { fate: 'duplicate', rows: 1 },
      { fate: 'deleted', rows: 1 },
    ]);
  });
});
