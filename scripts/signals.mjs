// @ts-check

/**
 * Whether a signal is passed on to what runs the app. Ctrl+C in a terminal reaches the whole group by itself, and Electron
 * ends without its question at a second one; from elsewhere only this process gets it.
 * https://github.com/electron/electron/blob/v45.4.1/shell/browser/electron_browser_main_parts_posix.cc
 * @param {NodeJS.Signals} signal
 * @param {{ readonly isTTY?: boolean }} input where this process reads from
 */
export const passesOn = (signal, input) => signal !== 'SIGINT' || !input.isTTY;
