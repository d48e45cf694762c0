import { existsSync } from 'node:fs';
import { join } from 'node:path';
import config from '../../packaging/electron-builder.ts';

interface Layout {
  readonly executable: string;
  /** Where app.asar and what stands beside it are. */
  readonly resources: string;
  /** Where the licences of Electron and Chromium are. */
  readonly top: string;
}

/** https://www.electron.build: the folders that electron-builder makes on the way to a package, of this system. */
function candidates(): readonly Layout[] {
  const dist = join(import.meta.dirname, '../../dist');
  const name = String(config.productName);
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
      const executable = join(top, windows ? `${name}.exe` : String(config.linux?.executableName));
      return { executable, resources: join(top, 'resources'), top };
    },
  );
}

/** The package that was made on this machine. Throws where there is none. */
export function packageLayout(): Layout {
  const layout = candidates().find(({ executable }) => existsSync(executable));
  if (!layout) throw new Error('There is no package: run `npm run package:check`');
  return layout;
}
