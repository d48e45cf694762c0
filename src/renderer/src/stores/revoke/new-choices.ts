import type { RunAbout } from '../../../../shared/run.ts';
import { call } from '../../bridge.ts';
import type { useCurrentRunStore } from '../current-run.ts';
import type { useListReading } from './list-reading.ts';
import type { useSources } from './sources.ts';
import type { useStarting } from './starting.ts';

interface Parts {
  readonly run: Pick<ReturnType<typeof useCurrentRunStore>, 'active'>;
  readonly sources: Pick<ReturnType<typeof useSources>, 'add'>;
  readonly reading: Pick<ReturnType<typeof useListReading>, 'take' | 'readList'>;
  readonly starting: Pick<ReturnType<typeof useStarting>, 'reason' | 'ticket'>;
  readonly reset: () => void;
  readonly resolve: () => Promise<void>;
}

/** Ways to begin anew that come from elsewhere: a person, a text, an earlier run. */
export const newChoices = ({ run, sources, reading, starting, reset, resolve }: Parts) => ({
  /** Straight to the review of one person's tokens; nothing is revoked by that. */
  async reviewPerson({ id, name }: { readonly id: string; readonly name: string }): Promise<void> {
    if (run.active) return;
    reset();
    sources.add({ kind: 'user', id, name }, 'include');
    await resolve();
  },

  /** The same for what is no known person: an address as it was pasted. */
  async reviewText(text: string): Promise<void> {
    if (run.active) return;
    reset();
    await reading.readList(text);
    await resolve();
  },

  /** Begins anew with the users whom an earlier run did not revoke. */
  async retry(runId: string): Promise<void> {
    reset();
    await reading.take(call('runs.retryList', { runId }));
  },

  /** Looks those up who signed in again after a run: the plan names it, and keeps its reason and ticket. */
  async revokeAgain(runId: string, about: Pick<RunAbout, 'reason' | 'ticket'>): Promise<void> {
    reset();
    await reading.take(call('runs.againList', { runId }));
    starting.reason.value = about.reason;
    starting.ticket.value = about.ticket;
    await resolve();
  },
});
