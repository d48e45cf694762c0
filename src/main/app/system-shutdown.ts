import type { BrowserWindow, PowerMonitor } from 'electron';

export interface SystemShutdown {
  /** The computer shuts down, or the person logs off: nobody is there to be asked. */
  readonly begun: boolean;
  /** Windows tells its windows and nobody else. */
  watch(window: Pick<BrowserWindow, 'on'>): void;
}

/**
 * A run stops in order when the system shuts down, without a question. macOS and Linux tell `powerMonitor`, and wait a
 * while; Windows emits neither `before-quit` nor `quit`, only the window's `session-end`, and waits for nothing: there
 * the journal, which is whole after every record, has to do.
 * https://www.electronjs.org/docs/latest/api/power-monitor#event-shutdown-linux-macos
 * https://www.electronjs.org/docs/latest/api/browser-window#event-session-end-windows
 */
export function followShutdown(options: {
  readonly powerMonitor: Pick<PowerMonitor, 'on'>;
  readonly stop: () => Promise<void>;
  readonly quit: () => void;
}): SystemShutdown {
  const { powerMonitor, stop, quit } = options;
  let begun = false;
  const end = (): void => {
    if (begun) return;
    begun = true;
    stop()
      .catch(() => undefined)
      .finally(quit);
  };
  // The types know no argument; Electron passes an event, and waits when it is prevented.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    end();
  });
  return {
    get begun() {
      return begun;
    },
    watch: (window) => {
      window.on('session-end', end);
    },
  };
}
