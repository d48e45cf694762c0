import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createOrg, DEMO_ORG } from '../../src/simulator/org/org.ts';
import { tally } from './agreement.ts';
import { expectedRows, reportRows } from './lists.ts';

const org = createOrg(DEMO_ORG);
const admin = org.user(0);

describe('expectedRows', () => {
  it('tells the fate of every row of the example list', () => {
    const rows = expectedRows(readFileSync('examples/leavers.csv', 'utf8'), org, admin.id);
    // 500 rows, of which 2 are empty (src/simulator/leavers.ts).
    expect(tally(rows)).toEqual([
      { fate: 'revoked', rows: 475 },
      { fate: 'yourself', rows: 1 },
      { fate: 'duplicate', rows: 12 },
      { fate: 'not-found', rows: 8 },
      { fate: 'ambiguous', rows: 1 },
      { fate: 'deleted', rows: 1 },
    ]);
  });

  it('knows an address in other letters and with white space around it', () => {
    const { email, id } = org.user(5);
    expect(expectedRows(`Name;Email\nA;${email}\nB;  ${email.toUpperCase()} \nC;\n`, org, admin.id)).toEqual([
      { input: email, userId: id, fate: 'revoked' },
      { input: email.toUpperCase(), userId: id, fate: 'duplicate' },
    ]);
  });
});

describe('reportRows', () => {
  it('reads outcome and reason, and leaves words that it does not know as they are', () => {
    const csv =
      '\uFEFFrow,input,user_id,name,email,outcome,note,attempts,status,time,correlation_id\r\n' +
      '1,a,id-a,A,a,revoked,,1,200,t,c\r\n' +
      '2,b,id-b,B,b,kept-back,Listed more than once: Same as row 1,0,,,\r\n' +
      '3,c,,,,kept-back,On the protected list,0,,,\r\n';
    expect(reportRows(csv)).toEqual([
      { input: 'a', userId: 'id-a', fate: 'revoked' },
      { input: 'b', userId: 'id-b', fate: 'duplicate' },
      { input: 'c', userId: null, fate: 'kept back: On the protected list' },
    ]);
  });
});
