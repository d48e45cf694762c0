/** One setting as people look for it. Its place in the view carries `data-setting` with this id. */
interface Setting {
  readonly id: string;
  readonly title: string;
  /** Other words by which people look for it. */
  readonly also: string;
}

/** Every setting there is, in the order of the view. */
export const SETTINGS = [
  { id: 'theme', title: 'Theme', also: 'appearance colour color light dark night system' },
  { id: 'density', title: 'Size of text and tables', also: 'density compact large rows font zoom' },
  { id: 'times', title: 'Times', also: 'clock 24 hours utc time zone am pm date' },
  { id: 'rate-share', title: 'Share of the rate limit', also: 'pace speed requests a minute 429 throttle' },
  { id: 'protected', title: 'Protected users', also: 'keep back exclude allow list never revoke' },
  { id: 'runs-folder', title: 'Folder of runs', also: 'directory journal evidence path where' },
  { id: 'keychain', title: 'Keychain', also: 'secrets password credential manager secret service' },
  { id: 'log', title: 'Log', also: 'level debug errors write down' },
  { id: 'version', title: 'Version', also: 'about system' },
  { id: 'licences', title: 'Licences', also: 'licenses open source third party notices legal' },
  { id: 'data', title: 'What is where', also: 'data privacy files folder network telemetry' },
  { id: 'remove', title: 'Remove everything', also: 'delete uninstall reset erase wipe forget' },
] as const satisfies readonly Setting[];

export type SettingId = (typeof SETTINGS)[number]['id'];
