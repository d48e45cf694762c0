import { computed, ref, shallowRef } from 'vue';
import type { Result } from '../../../../shared/result.ts';
import type { KeptRecord } from '../../../../shared/triage.ts';
import { call } from '../../bridge.ts';
import { triageRecord, type RecordInput } from '../../messages/triage.ts';
import { useAppStore } from '../app.ts';

type Run = <T>(what: 'save' | 'keep', answer: Promise<Result<T> | null>) => Promise<T | null>;

/**
 * The record of a leaked token, and where it is.
 * @param run one call at a time, whose error the panel shows.
 * @param about what was found out and done; null while nothing was.
 */
export function useTriageRecord(run: Run, about: () => Omit<RecordInput, 'writtenAt' | 'appVersion'> | null) {
  const savedAt = ref<string | null>(null);
  /** As it is kept beside the runs; null while it is not, or something was done since. */
  const kept = shallowRef<KeptRecord | null>(null);
  const writtenAt = ref('');

  /** What was found out and done, without the token; empty while nothing was. */
  const recordText = computed(() => {
    const known = about();
    if (!known) return '';
    const appVersion = useAppStore().snapshot?.version ?? '';
    return triageRecord({ ...known, writtenAt: writtenAt.value, appVersion });
  });
  /** There is a record, and it is nowhere but here. */
  const unsaved = computed(() => recordText.value !== '' && kept.value === null && savedAt.value === null);

  /** The record changed: what was saved before is another one. */
  function renewRecord(): void {
    writtenAt.value = new Date().toISOString();
    savedAt.value = null;
    kept.value = null;
  }

  /** @returns whether it is kept beside the runs now. */
  async function keep(): Promise<boolean> {
    const known = about();
    if (!known) return false;
    const input = { tokenId: known.token.id, text: recordText.value };
    const record = await run('keep', call('triage.keepRecord', input));
    if (record) kept.value = record;
    return record !== null;
  }

  async function save(): Promise<void> {
    const saved = await run('save', call('triage.saveRecord', { text: recordText.value }));
    if (saved) savedAt.value = saved.path;
  }

  return { savedAt, kept, recordText, unsaved, renewRecord, keep, save };
}
