import { EventEmitter } from 'node:events';
import type { BrowserWindow, PowerMonitor } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { followShutdown } from './system-shutdown.ts';

function setUp(stop = vi.fn(() => Promise.resolve())) {
  const powerMonitor = new EventEmitter();
  const window = new EventEmitter();
  const quit = vi.fn();
  const shutdown = followShutdown({ powerMonitor: powerMonitor as PowerMonitor, stop, quit });
  shutdown.watch(window as unknown as Pick<BrowserWindow, 'on'>);
  return { powerMonitor, window, stop, quit, shutdown };
}

describe('the system shuts down', () => {
  it('macOS and Linux: it is asked to wait, the run stops, the app ends', async () => {
    const { powerMonitor, stop, quit, shutdown } = setUp();
    const preventDefault = vi.fn();
    expect(shutdown.begun).toBe(false);
    powerMonitor.emit('shutdown', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(shutdown.begun).toBe(true);
    await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
    expect(stop).toHaveBeenCalledOnce();
  });

  it('Windows: the window hears of it; twice is once', async () => {
    const { window, powerMonitor, stop, quit } = setUp();
    window.emit('session-end', {});
    powerMonitor.emit('shutdown');
    await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
    expect(stop).toHaveBeenCalledOnce();
  });

  it('ends although the run could not be stopped in order', async () => {
    const { window, quit } = setUp(vi.fn(() => Promise.reject(new Error('disk'))));
    window.emit('session-end', {});
    await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  });
});
