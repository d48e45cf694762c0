import { describe, expect, it } from 'vitest';
import {
  BASE,
  distributionOf,
  installCommand,
  lineForPerson,
  missingPackages,
  neededToRun,
  updateCommand,
} from './packages.mjs';

const NOTHING = () => false;
const EVERYTHING = () => true;
const OLD = { hasNewNames: false };

describe('which system this is', () => {
  it.each([
    ['ID=debian\nVERSION_ID="12"\n', { kind: 'debian', hasNewNames: false }],
    ['ID=debian\nVERSION_ID="13"\n', { kind: 'debian', hasNewNames: true }],
    ['PRETTY_NAME="Debian GNU/Linux forky/sid"\nID=debian\n', { kind: 'debian', hasNewNames: true }],
    ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"', { kind: 'ubuntu', hasNewNames: false }],
    ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"', { kind: 'ubuntu', hasNewNames: true }],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="21"', { kind: 'ubuntu', hasNewNames: false }],
    ['ID=raspbian\nID_LIKE=debian\nVERSION_ID="12"', { kind: 'debian', hasNewNames: false }],
    ['ID=fedora\nVERSION_ID=42', null],
    ['', null],
  ])('%j', (text, expected) => {
    expect(distributionOf(text)).toEqual(expected);
  });
});

const DEBIAN = { kind: 'debian' };
const ELECTRON = neededToRun('electron', DEBIAN, NOTHING);
const namesOf = (packages) => packages.map(({ name }) => name);

describe('what is needed to run the app', () => {
  it('is a Chromium where Electron could not be had, and one without windows for the tests', () => {
    const names = namesOf(neededToRun('nothing', DEBIAN, EVERYTHING));
    expect(names).toEqual(['chromium', 'chromium-headless-shell']);
    expect(namesOf(neededToRun('chromium', DEBIAN, EVERYTHING))).toEqual(names);
  });

  it('is no package that the system does not have', () => {
    expect(namesOf(neededToRun('nothing', DEBIAN, NOTHING))).toEqual(['chromium']);
    expect(neededToRun('nothing', { kind: 'ubuntu' }, EVERYTHING)).toEqual([]);
  });

  it('is no Chromium beside Electron', () => {
    expect(namesOf(neededToRun('electron', DEBIAN, EVERYTHING))).not.toContain('chromium');
  });
});

describe('what is missing', () => {
  it('is everything on a fresh machine, each package once', () => {
    expect(missingPackages(BASE, NOTHING, OLD)).toEqual([
      'libsecret-1-0',
      'libsecret-1-dev',
      'pkg-config',
      'g++',
      'make',
      'python3',
      'gnome-keyring',
      'libsecret-tools',
      'dbus',
      'xvfb',
      'xauth',
      'fonts-noto-core',
      'fonts-noto-cjk',
    ]);
  });

  it('is nothing where every file is there', () => {
    expect(missingPackages([...BASE, ...ELECTRON], EVERYTHING, OLD)).toEqual([]);
  });

  it('is found by the one file that is not there', () => {
    const exists = (file) => file !== '/usr/bin/xauth';
    expect(missingPackages(BASE, exists, OLD)).toEqual(['xauth']);
  });

  it('looks for libraries in every library folder', () => {
    const onArm = (file) => file === '/usr/lib/aarch64-linux-gnu/libgbm.so.1';
    expect(missingPackages(ELECTRON, onArm, OLD)).toEqual(['libgtk-3-0', 'libnss3', 'libasound2']);
  });

  it('has its new names on newer systems', () => {
    const names = missingPackages(ELECTRON, NOTHING, { hasNewNames: true });
    expect(names).toEqual(['libgtk-3-0t64', 'libnss3', 'libasound2t64', 'libgbm1']);
  });
});

describe('the command line', () => {
  it('is run as it is by root', () => {
    const [first, ...rest] = installCommand(['xvfb', 'xauth'], { isRoot: true });
    expect(first).toBe('env');
    expect(rest.slice(-5)).toEqual(['install', '--yes', '--no-install-recommends', 'xvfb', 'xauth']);
    expect(rest).toContain('DEBIAN_FRONTEND=noninteractive');
  });

  it('never asks for a password otherwise', () => {
    expect(installCommand(['xvfb'], { isRoot: false }).slice(0, 2)).toEqual(['sudo', '-n']);
    expect(updateCommand({ isRoot: false }).slice(0, 2)).toEqual(['sudo', '-n']);
    expect(updateCommand({ isRoot: true }).at(-1)).toBe('update');
  });

  it('can be copied by a person', () => {
    expect(lineForPerson(['xvfb', 'g++'])).toBe(
      'sudo apt-get update && sudo apt-get install --yes --no-install-recommends xvfb g++',
    );
  });
});
