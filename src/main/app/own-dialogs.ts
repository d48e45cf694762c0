import { createConsent, type Consent } from '../consent/consent.ts';
import type { Platform } from '../platform.ts';
import type { Storage } from '../storage.ts';
import type { AppWindow } from './app-window.ts';
import { showConsent } from './dialogs.ts';

/** Main's own dialogs, over the window; what was decided in them is written down. */
export const openConsent = ({ clock }: Platform, { log }: Storage, window: AppWindow): Consent =>
  createConsent({
    show: (dialog) => showConsent(window.open(), dialog),
    clock,
    record: (decision) => log.decision(decision),
  });
