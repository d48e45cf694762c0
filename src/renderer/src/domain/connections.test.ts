import { expect, it } from 'vitest';
import { sampleAbout } from '../testing/samples.ts';
import { waitsForAnother } from './connections.ts';

const state = {
  kind: 'paused',
  reason: 'sign-in-needed',
  since: sampleAbout.createdAt,
  until: null,
} as const;
const about = { ...sampleAbout, operator: 'Anna Berg', operatorId: 'u-1' };

it('a run waits for another account of the same name too', () => {
  expect(waitsForAnother({ about, state }, { id: 'u-1', name: 'Anna Berg' })).toBe(false);
  expect(waitsForAnother({ about, state }, { id: 'u-1', name: 'Anna Berg-Lund' })).toBe(false);
  expect(waitsForAnother({ about, state }, { id: 'u-2', name: 'Anna Berg' })).toBe(true);
  expect(waitsForAnother({ about, state }, { id: null, name: 'Token administration' })).toBe(true);
  expect(waitsForAnother({ about, state }, null)).toBe(false);
});

it('a run of a client waits for nobody who has another name: a client has no id', () => {
  const ofClient = { ...about, operatorId: null };
  expect(waitsForAnother({ about: ofClient, state }, { id: null, name: 'Renamed client' })).toBe(false);
});
