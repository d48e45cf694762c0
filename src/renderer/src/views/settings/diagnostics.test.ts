import { describe, expect, it } from 'vitest';
import { sampleSnapshot } from '../../testing/samples.ts';
import { diagnosticsOf, environmentOf } from './diagnostics.ts';

const names = (snapshot: typeof sampleSnapshot): Readonly<Record<string, string>> =>
  Object.fromEntries(environmentOf(snapshot).map(({ name, value }) => [name, value]));

it('says what the app runs on', () => {
  expect(names(sampleSnapshot)).toMatchObject({
    Version: 'Tokendesk 0.1.0',
    Electron: '45.4.1',
    Chromium: '153.0.1.2',
    'Node.js': '24.18.0',
    System: 'Linux 6.1.0 (x64)',
    Keychain: 'Secret Service, ready',
  });
});

it('says when it is the stand-in, and not a package', () => {
  const { platformVersions } = sampleSnapshot;
  expect(
    names({
      ...sampleSnapshot,
      runtime: 'chromium-electron',
      platformVersions: { ...platformVersions, packaged: false },
    }),
  ).toMatchObject({ Electron: '45.4.1, by a stand-in', Version: 'Tokendesk 0.1.0, not packaged' });
});

describe('diagnostics can be posted in public', () => {
  const SECRET = 'Zr4q-known-to-nobody';
  /** Every text in which somebody could stand, replaced; names of settings and states are none. */
  const poisoned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(poisoned);
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          key,
          ['kind', 'method', 'secretPlace'].includes(key) ? inner : poisoned(inner),
        ]),
      );
    return typeof value === 'string' ? SECRET : value;
  };

  it('although everything in connections, session, notices and ids is a secret', () => {
    const session = poisoned(sampleSnapshot.session) as typeof sampleSnapshot.session;
    const text = diagnosticsOf(
      {
        ...sampleSnapshot,
        session,
        connections: poisoned(sampleSnapshot.connections) as typeof sampleSnapshot.connections,
        notices: [SECRET],
        activeRunId: SECRET,
        interruptedRunIds: [SECRET],
        keychain: { kind: 'unavailable', reason: 'locked', message: SECRET },
      },
      session,
    );
    expect(text).not.toContain(SECRET);
    expect(text).toContain('Keychain: Secret Service, unavailable: locked');
    expect(text).toContain('Session: signed in by ');
    expect(text).toContain('Runs: one going on, 1 interrupted');
  });
});
