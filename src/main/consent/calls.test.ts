import { expect, it } from 'vitest';
import { CALL_NAMES } from '../../shared/ipc.ts';
import { CONSENT, needsConsent } from './calls.ts';

it('says of every call of the contract whether it asks, or why it does no harm', () => {
  expect(Object.keys(CONSENT).sort()).toEqual([...CALL_NAMES].sort());
  for (const name of CALL_NAMES) {
    const rule = CONSENT[name];
    if (rule !== 'asks') expect(rule.harmless.length, name).toBeGreaterThan(10);
  }
});

it('asks for all that destroys, weakens a guard, or sends a secret somewhere new', () => {
  expect(CALL_NAMES.filter(needsConsent)).toEqual([
    'proxy.signIn',
    'storage.changeRunsFolder',
    'storage.remove',
    'storage.restart',
    'connections.signIn',
    'connections.remove',
    'connections.signOut',
    'token.revoke',
    'triage.ask',
    'triage.revoke',
    'triage.deleteRecord',
    'protected.save',
    'protected.reset',
    'runs.start',
    'runs.continue',
    'runs.resume',
    'runs.close',
    'runs.delete',
    'keepOut.start',
    'keepOut.resume',
    'timeout.save',
  ]);
});
