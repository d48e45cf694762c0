// What a program with a window and a keychain needs around it on a machine that has neither.

/**
 * On Linux without a display the command runs in a virtual one; always on Linux it gets a keyring of its
 * own, so that tests never touch the person's.
 * @param {readonly string[]} command
 * @returns {string[]}
 */
export function desktopCommand(command) {
  if (process.platform !== 'linux') return [...command];
  const keyring = ['sh', 'scripts/with-keyring.sh', ...command];
  if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return keyring;
  return ['xvfb-run', '-a', '-s', '-screen 0 1920x1200x24', ...keyring];
}
