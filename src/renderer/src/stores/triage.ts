import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { SecretInput } from '../../../shared/connection.ts';
import type { ConnectionRegion } from '../../../shared/regions.ts';
import type { Result } from '../../../shared/result.ts';
import {
  LEAVES_END_OPEN,
  type TriageAnswer,
  type TriageFinding,
  type TriageRevoked,
} from '../../../shared/triage.ts';
import { call } from '../bridge.ts';
import { useAnswer } from '../composables/use-call.ts';
import { askedCall } from './asked-call.ts';
import { useTriageRecord } from './triage/record.ts';

/**
 * The panel that inspects a leaked token. Main has the token; this has only what may be shown, until it closes.
 * Long: one state, and each of main's calls that changes it, one after the other.
 */
export const useTriageStore = defineStore('triage', () => {
  const found = shallowRef<TriageFinding | null>(null);
  const chosenId = ref<string | null>(null);
  const answer = shallowRef<TriageAnswer | null>(null);
  const revoked = shallowRef<TriageRevoked | null>(null);
  /** ISO 8601, when its end was asked for and no clear answer came: it may have ended then. */
  const perhapsRevokedAt = ref<string | null>(null);
  const { busy: waiting, error, take, reset } = useAnswer();
  const asked = ref<'find' | 'ask' | 'revoke' | 'save' | 'keep'>('find');
  const chosen = computed(() => found.value?.tokens.find(({ id }) => id === chosenId.value) ?? null);

  function run<T>(what: typeof asked.value, answer: Promise<Result<T> | null>): Promise<T | null> {
    asked.value = what;
    return take(answer);
  }

  const { renewRecord, ...record } = useTriageRecord(run, () =>
    chosen.value && answer.value
      ? {
          token: chosen.value,
          answer: answer.value,
          revoked: revoked.value,
          perhapsRevokedAt: perhapsRevokedAt.value,
        }
      : null,
  );

  function forgetAnswer(): void {
    answer.value = null;
    revoked.value = null;
    perhapsRevokedAt.value = null;
    renewRecord();
    error.value = null;
  }

  async function find(text: SecretInput): Promise<void> {
    forgetAnswer();
    const next = await run('find', call('triage.find', text));
    if (!next) return;
    found.value = next;
    chosenId.value = next.tokens[0]?.id ?? null;
  }

  /** @param agreedHosts as they are shown; main asks in its own dialog before it sends the token there. */
  async function ask(regions: readonly ConnectionRegion[], agreedHosts: readonly string[]): Promise<void> {
    const tokenId = chosenId.value;
    if (tokenId === null) return;
    forgetAnswer();
    answer.value = await run('ask', askedCall('triage.ask', { tokenId, regions, agreedHosts }));
    renewRecord();
  }

  async function revoke(): Promise<boolean> {
    if (chosenId.value === null) return false;
    const ended = await run('revoke', askedCall('triage.revoke', { tokenId: chosenId.value }));
    if (error.value && LEAVES_END_OPEN.has(error.value.code)) {
      perhapsRevokedAt.value = new Date().toISOString();
      renewRecord();
    }
    if (!ended) return false;
    revoked.value = ended;
    renewRecord();
    await record.keep();
    return true;
  }

  /** Back to the beginning; main forgets the tokens. */
  function close(): void {
    reset();
    found.value = null;
    chosenId.value = null;
    forgetAnswer();
    void call('triage.close', null);
  }

  return {
    tokens: computed(() => found.value?.tokens ?? null),
    total: computed(() => found.value?.total ?? 0),
    chosenId,
    chosen,
    answer,
    revoked,
    perhapsRevokedAt,
    ...record,
    busy: computed(() => (waiting.value ? asked.value : null)),
    error,
    /** What the error is of. */
    failed: computed(() => (error.value ? asked.value : null)),
    find,
    ask,
    revoke,
    close,
    forgetAnswer,
  };
});
