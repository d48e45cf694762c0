import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { AppError } from '../../../shared/result.ts';
import type { KeptRecord } from '../../../shared/triage.ts';
import { call } from '../bridge.ts';
import { askedCall } from './asked-call.ts';

/** What is kept of leaked tokens, beside the runs. */
export const useTokenRecordsStore = defineStore('token-records', () => {
  /** Newest first. */
  const records = shallowRef<readonly KeptRecord[]>([]);
  const error = shallowRef<AppError | null>(null);
  const exported = shallowRef<{ readonly recordId: string; readonly path: string } | null>(null);
  const busy = ref(false);

  async function load(): Promise<void> {
    const result = await call('triage.records', null);
    error.value = result.ok ? null : result.error;
    if (result.ok) records.value = result.data;
  }

  async function exportRecord(recordId: string): Promise<void> {
    busy.value = true;
    const result = await call('triage.exportRecord', { recordId });
    busy.value = false;
    error.value = result.ok ? null : result.error;
    if (result.ok && result.data) exported.value = { recordId, path: result.data.path };
  }

  async function remove(recordId: string): Promise<void> {
    busy.value = true;
    const result = await askedCall('triage.deleteRecord', { recordId });
    busy.value = false;
    error.value = result && !result.ok ? result.error : null;
    if (result?.ok) records.value = result.data;
  }

  return { records, error, exported, busy, load, exportRecord, remove };
});
