import type { AppSnapshot, KeychainState } from '../../../../shared/app.ts';
import type { SessionState } from '../../../../shared/connection.ts';

interface Entry {
  readonly name: string;
  readonly value: string;
}

const PLATFORMS = { linux: 'Linux', darwin: 'macOS', win32: 'Windows', other: 'Other' } as const;

/** What keytar speaks to: https://github.com/atom/node-keytar#readme */
const KEYCHAINS = {
  linux: 'Secret Service',
  darwin: 'macOS Keychain',
  win32: 'Windows Credential Manager',
  other: 'Unknown',
} as const;

/** Without the system's own words, which may name files and people. */
const keychainState = (state: KeychainState): string =>
  state.kind === 'ready' ? 'ready' : `unavailable: ${state.reason}`;

/** What the app runs on, as About shows it. */
export function environmentOf(snapshot: AppSnapshot): readonly Entry[] {
  const { version, platform, platformVersions: on, runtime, keychain } = snapshot;
  return [
    { name: 'Version', value: `Tokendesk ${version}${on.packaged ? '' : ', not packaged'}` },
    {
      name: 'Electron',
      value: runtime === 'electron' ? on.electron : `${on.electron}, by a stand-in`,
    },
    { name: 'Chromium', value: on.chromium },
    { name: 'Node.js', value: on.node },
    { name: 'System', value: `${PLATFORMS[platform]} ${on.system}` },
    { name: 'Keychain', value: `${KEYCHAINS[platform]}, ${keychainState(keychain)}` },
    { name: 'Licence', value: 'MIT' },
  ];
}

/** By which kind of connection, and nothing of whose. */
const sessionLine = (session: SessionState): string =>
  session.kind === 'signed-in'
    ? `signed in by ${session.connection.method}, secret in ${session.secretPlace}`
    : session.kind;

/**
 * For a bug report in public: no name, address, id, label, region, path or secret; what servers and the system said is
 * left out too, since it may hold any of them.
 */
export function diagnosticsOf(snapshot: AppSnapshot, session: SessionState): string {
  const { settings, rate, activeRunId, interruptedRunIds, connections, notices } = snapshot;
  return [
    ...environmentOf(snapshot).map(({ name, value }) => `${name}: ${value}`),
    `Session: ${sessionLine(session)}`,
    `Connections: ${connections.length}`,
    `Rate: ${rate ? `${rate.limitPerMinute} a minute` : 'unknown'}, share ${settings.rateShare}`,
    `Settings: theme ${settings.theme}, log ${settings.logLevel}`,
    `Runs: ${activeRunId === null ? 'none' : 'one'} going on, ${interruptedRunIds.length} interrupted`,
    `Notices at the start: ${notices.length}`,
  ].join('\n');
}
