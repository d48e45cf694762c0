import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { KeptRecord } from '../../../shared/triage.ts';
import { call } from '../bridge.ts';
import { useAnswer } from '../composables/use-call.ts';
import { askedCall } from './asked-call.ts';

/** What is kept of leaked tokens, beside the runs. */
export const useTokenRecordsStore = defineStore('token-records', () => {
  /** Newest first. */
  const { data, error: listError, busy: deleting, take: takeRecords } = useAnswer<readonly KeptRecord[]>();
  const { error: exportError, busy: exporting, take: takeFile } = useAnswer<{ path: string } | null>();
  const exported = shallowRef<{ readonly recordId: string; readonly path: string } | null>(null);
  /** The record whose page is open. */
  const openId = ref<string | null>(null);

  async function exportRecord(recordId: string): Promise<void> {
    const file = await takeFile(call('triage.exportRecord', { recordId }));
    if (file) exported.value = { recordId, path: file.path };
  }

  return {
    records: computed(() => data.value ?? []),
    error: computed(() => listError.value ?? exportError.value),
    exported,
    openId,
    busy: computed(() => deleting.value || exporting.value),
    load: () => takeRecords(call('triage.records', null)),
    exportRecord,
    remove: (recordId: string) => takeRecords(askedCall('triage.deleteRecord', { recordId })),
  };
});
