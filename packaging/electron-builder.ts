// What a package of Tokendesk is (docs/decisions/packages.md). https://www.electron.build/configuration
import { Arch, type Configuration } from 'electron-builder';

/** Also the Windows AppUserModelId (src/main): notifications and the taskbar need it equal to the shortcut's. */
export const APP_ID = 'app.tokendesk.Tokendesk';

/** Electron's switches in the binary, every one decided: https://www.electronjs.org/docs/latest/tutorial/fuses */
export const FUSES = {
  // The signed program must not become a Node for whoever can set a variable. We start no `process.fork`.
  runAsNode: false,
  // Likewise: no code by NODE_OPTIONS, no certificates by NODE_EXTRA_CA_CERTS.
  enableNodeOptionsEnvironmentVariable: false,
  // No debugger of main, which holds tokens. Playwright needs it: `packageForTests`.
  enableNodeCliInspectArguments: false,
  // Main's code is app.asar, and on macOS and Windows Electron checks it against the hash in the signed program.
  onlyLoadAppFromAsar: true,
  enableEmbeddedAsarIntegrityValidation: true,
  // There are no cookies, and on macOS this one would open the keychain once more.
  enableCookieEncryption: false,
  // We make no snapshot of our own.
  loadBrowserProcessSpecificV8Snapshot: false,
  // Every page comes from app://; none from file://.
  grantFileProtocolExtraPrivileges: false,
} satisfies Configuration['electronFuses'];

/** notarytool's credentials, as electron-builder reads them. */
const canNotarise = Boolean(
  process.env.APPLE_API_KEY || process.env.APPLE_APP_SPECIFIC_PASSWORD || process.env.APPLE_KEYCHAIN_PROFILE,
);

const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env;

/** deb and rpm are refused without one. Where no workflow builds them, nobody knows an address yet: RFC 2606's domain. */
const homepage = GITHUB_REPOSITORY
  ? `${GITHUB_SERVER_URL ?? 'https://github.com'}/${GITHUB_REPOSITORY}`
  : 'https://tokendesk.invalid/';

const config = {
  appId: APP_ID,
  extraMetadata: { homepage },
  productName: 'Tokendesk',
  copyright: 'MIT licence',
  directories: { output: 'dist', buildResources: 'packaging' },
  publish: null, // nothing updates itself: no network but Genesys'
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  electronLanguages: ['en-US'], // the app speaks English only
  electronFuses: FUSES,

  // Everything is in the three bundles but keytar, whose module the system loads from a file (Node-API: no rebuild).
  npmRebuild: false,
  files: [
    { from: 'out-release', to: 'out', filter: ['**', '!sbom.cdx.json'] },
    'package.json',
    '!node_modules/!(keytar){,/**}',
    '!node_modules/keytar/!(package.json|LICENSE.md|lib|build){,/**}',
    '!node_modules/keytar/build/!(Release){,/**}',
    '!node_modules/keytar/build/Release/!(keytar.node){,/**}',
  ],
  asarUnpack: ['node_modules/keytar/build/Release/keytar.node'],
  extraResources: [
    { from: 'out-release/sbom.cdx.json', to: 'sbom.cdx.json' },
    { from: 'LICENSE', to: 'LICENSE.tokendesk.txt' },
  ],

  // Each package is made on its own kind of machine: keytar's module is the one that was built there.
  beforePack: ({ electronPlatformName, arch }) => {
    if (electronPlatformName === process.platform && Arch[arch] === process.arch) return;
    throw new Error(
      `keytar is built for ${process.platform} ${process.arch} here; a package for ${electronPlatformName} ${Arch[arch]} is made on such a machine.`,
    );
  },

  win: {
    target: ['nsis', 'portable'],
    icon: 'packaging/icon.ico',
  },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false, // the evidence of former runs is not ours to delete
    artifactName: '${productName}-${version}-${os}-${arch}-setup.${ext}',
  },
  portable: { artifactName: '${productName}-${version}-${os}-${arch}-portable.${ext}' },

  mac: {
    target: ['dmg', 'zip'],
    icon: 'packaging/icon.icns',
    category: 'public.app-category.business',
    hardenedRuntime: true,
    entitlements: 'packaging/entitlements.mac.plist',
    entitlementsInherit: 'packaging/entitlements.mac.plist',
    notarize: canNotarise,
  },

  linux: {
    target: ['AppImage', 'deb', 'rpm'],
    icon: 'packaging/icons',
    executableName: 'tokendesk',
    category: 'Utility',
    synopsis: 'Inspect and revoke Genesys Cloud tokens',
    maintainer: 'Tokendesk contributors <contributors@tokendesk.invalid>',
    syncDesktopName: true,
  },
  deb: {
    appArmorProfile: 'packaging/apparmor-profile.tpl',
    // electron-builder's own, with libasound2 for machines without sound, and what the keychain and links need.
    depends: [
      'libgtk-3-0 | libgtk-3-0t64',
      'libnotify4',
      'libnss3',
      'libxss1',
      'libxtst6',
      'xdg-utils',
      'libatspi2.0-0 | libatspi2.0-0t64',
      'libuuid1',
      'libsecret-1-0',
      'libasound2 | libasound2t64',
    ],
    recommends: ['gnome-keyring | keepassxc | kwalletmanager'],
  },
  rpm: {
    depends: [
      'gtk3',
      'libnotify',
      'nss',
      'libXScrnSaver',
      '(libXtst or libXtst6)',
      'xdg-utils',
      'at-spi2-core',
      '(libuuid or libuuid1)',
      '(libsecret or libsecret-1-0)',
    ],
  },
} satisfies Configuration;

export default config;

/**
 * The same package but for what lets Playwright drive it: main's debugger, and bundles in which a test may name a server
 * on this computer (src/main/app/openness.ts). It is run where it was made and given to nobody.
 */
export const packageForTests = {
  ...config,
  directories: { ...config.directories, output: 'dist-package-tests' },
  electronFuses: { ...FUSES, enableNodeCliInspectArguments: true },
  files: config.files.map((files) =>
    typeof files === 'object' ? { ...files, from: 'out-package-tests' } : files,
  ),
  extraResources: config.extraResources.filter(({ from }) => !from.startsWith('out-release/')),
} satisfies Configuration;
