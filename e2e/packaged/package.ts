import { existsSync } from 'node:fs';
import { join } from 'node:path';
import config, { packageForTests } from '../../packaging/electron-builder.ts';

interface Layout {
  readonly executable: string;
  /** Where app.asar and what stands beside it are. */
  readonly resources: string;
  /** Where the licences of Electron and Chromium are. */
  readonly top: string;
}

/** https://www.electron.build: the folders that electron-builder makes on the way to a package, of this system. */
function candidates(output: string): readonly Layout[] {
  const dist = join(import.meta.dirname, '../..', output);
  const name = config.productName;
  if (process.platform === 'darwin') {
    return ['mac', 'mac-arm64'].map((folder) => {
      const contents = join(dist, folder, `${name}.app`, 'Contents');
      const resources = join(contents, 'Resources');
      return { executable: join(contents, 'MacOS', name), resources, top: resources };
    });
  }
  const windows = process.platform === 'win32';
  return (windows ? ['win-unpacked', 'win-arm64-unpacked'] : ['linux-unpacked', 'linux-arm64-unpacked']).map(
    (folder) => {
      const top = join(dist, folder);
      const executable = join(top, windows ? `${name}.exe` : config.linux.executableName);
      return { executable, resources: join(top, 'resources'), top };
    },
  );
}

/** The package that was made on this machine. Throws where there is none. */
export const packageLayout = (): Layout => layoutIn(config.directories.output, 'npm run package:check');

/** The one that Playwright can drive. Throws where there is none. */
export const packageForTestsLayout = (): Layout =>
  layoutIn(packageForTests.directories.output, 'npm run package -- --for-tests');

function layoutIn(output: string, command: string): Layout {
  const layout = candidates(output).find(({ executable }) => existsSync(executable));
  if (!layout) throw new Error(`There is no package in ${output}: run \`${command}\``);
  return layout;
}
