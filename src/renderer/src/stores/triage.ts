import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { SecretInput } from '../../../shared/connection.ts';
import { apiHostOf, type ConnectionRegion } from '../../../shared/regions.ts';
import type { Result } from '../../../shared/result.ts';
import type { FoundToken, KeptRecord, TriageAnswer, TriageRevoked } from '../../../shared/triage.ts';
import { call } from '../bridge.ts';
import { useAnswer } from '../composables/use-call.ts';
import { triageRecord } from '../messages/triage.ts';
import { useAppStore } from './app.ts';
import { askedCall } from './asked-call.ts';

/** The panel that inspects a leaked token. Main has the token; this has only what may be shown, until it closes. */
export const useTriageStore = defineStore('triage', () => {
  const tokens = shallowRef<readonly FoundToken[] | null>(null);
  const chosenId = ref<string | null>(null);
  const answer = shallowRef<TriageAnswer | null>(null);
  const revoked = shallowRef<TriageRevoked | null>(null);
  const savedAt = ref<string | null>(null);
  /** As it is kept beside the runs; null while it is not, or something was done since. */
  const kept = shallowRef<KeptRecord | null>(null);
  const writtenAt = ref('');
  const { busy: waiting, error, take, reset } = useAnswer<unknown>();
  const asked = ref<'find' | 'ask' | 'revoke' | 'save' | 'keep'>('find');
  const busy = computed(() => (waiting.value ? asked.value : null));

  const chosen = computed(() => tokens.value?.find(({ id }) => id === chosenId.value) ?? null);

  /** What was found out and done, without the token; empty while nothing was. */
  const recordText = computed(() =>
    chosen.value && answer.value
      ? triageRecord({
          token: chosen.value,
          answer: answer.value,
          revoked: revoked.value,
          writtenAt: writtenAt.value,
          appVersion: useAppStore().snapshot?.version ?? '',
        })
      : '',
  );
  /** There is a record, and it is nowhere but here. */
  const unsaved = computed(() => recordText.value !== '' && kept.value === null && savedAt.value === null);

  /** The record changed: what was saved before is another one. */
  function renewRecord(): void {
    writtenAt.value = new Date().toISOString();
    savedAt.value = null;
    kept.value = null;
  }

  function run<T>(what: typeof asked.value, answer: Promise<Result<T> | null>): Promise<T | null> {
    asked.value = what;
    return take(answer);
  }

  function forgetAnswer(): void {
    answer.value = null;
    revoked.value = null;
    renewRecord();
    error.value = null;
  }

  async function find(text: SecretInput): Promise<void> {
    forgetAnswer();
    const found = await run('find', call('triage.find', text));
    if (!found) return;
    tokens.value = found.tokens;
    chosenId.value = found.tokens[0]?.id ?? null;
  }

  /** @param agreedHosts as they are shown; main asks in its own dialog before it sends the token there. */
  async function ask(regions: readonly ConnectionRegion[], agreedHosts: readonly string[]): Promise<void> {
    if (chosenId.value === null) return;
    forgetAnswer();
    const { value: tokenId } = chosenId;
    answer.value = await run('ask', askedCall('triage.ask', { tokenId, regions, agreedHosts }));
    renewRecord();
  }

  async function revoke(): Promise<boolean> {
    if (chosenId.value === null) return false;
    const ended = await run('revoke', askedCall('triage.revoke', { tokenId: chosenId.value }));
    if (!ended) return false;
    revoked.value = ended;
    renewRecord();
    await keep();
    return true;
  }

  /** @returns whether it is kept beside the runs now. */
  async function keep(): Promise<boolean> {
    if (chosenId.value === null || recordText.value === '') return false;
    const input = { tokenId: chosenId.value, text: recordText.value };
    const record = await run('keep', call('triage.keepRecord', input));
    if (record) kept.value = record;
    return record !== null;
  }

  async function save(): Promise<void> {
    const saved = await run('save', call('triage.saveRecord', { text: recordText.value }));
    if (saved) savedAt.value = saved.path;
  }

  /** Back to the beginning; main forgets the tokens. */
  function close(): void {
    reset();
    tokens.value = null;
    chosenId.value = null;
    forgetAnswer();
    void call('triage.close', null);
  }

  return {
    tokens,
    chosenId,
    chosen,
    answer,
    revoked,
    savedAt,
    kept,
    recordText,
    unsaved,
    keep,
    busy,
    error,
    find,
    ask,
    revoke,
    save,
    close,
    forgetAnswer,
  };
});

/** The hosts that are asked about those regions, as the person is asked to agree to them. */
export const hostsOfRegions = (regions: readonly ConnectionRegion[]): readonly string[] =>
  regions.flatMap((region) => apiHostOf(region) ?? []);
