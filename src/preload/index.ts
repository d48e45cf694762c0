import { contextBridge, ipcRenderer } from 'electron';
import { EVENT_NAMES } from '../shared/events.ts';
import { CALL_NAMES } from '../shared/ipc.ts';

/** A fixed list of functions, made here: no name that the page chooses ever reaches ipcRenderer. */
const call = Object.fromEntries(
  CALL_NAMES.map((name) => [name, (input: unknown) => ipcRenderer.invoke(name, input)]),
);

const on = Object.fromEntries(
  EVENT_NAMES.map((name) => [
    name,
    (listener: (payload: unknown) => void) => {
      const forward = (_event: unknown, payload: unknown): void => listener(payload);
      ipcRenderer.on(name, forward);
      return () => {
        ipcRenderer.off(name, forward);
      };
    },
  ]),
);

contextBridge.exposeInMainWorld('tokendesk', { call, on });
