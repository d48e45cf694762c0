import { computed, type ComputedRef } from 'vue';
import { isOver } from '../../domain/counts.ts';
import { useCurrentRunStore } from '../../stores/current-run.ts';
import { useRevokeStore, type RevokeStep } from '../../stores/revoke.ts';
import { useSessionStore } from '../../stores/session.ts';
import { choiceSentence } from '../../messages/sources.ts';
import { endShort, planShort, progressSentence } from '../../messages/revoke.ts';

export interface Step {
  readonly key: RevokeStep;
  readonly title: string;
  readonly summary: string;
  readonly current: boolean;
  readonly done: boolean;
  readonly openable: boolean;
}

/** The four steps with what each of them holds now. While a run goes on, only the run is open. */
export function useSteps(): ComputedRef<readonly Step[]> {
  const revoke = useRevokeStore();
  const run = useCurrentRunStore();
  const session = useSessionStore();

  /** The run was begun in another sitting: its list is in the report, not here. */
  const adopted = computed(() => run.progress !== null && revoke.plan === null);
  const who = computed(() => {
    if (adopted.value) return 'Chosen in another sitting.';
    if (revoke.chosen.length === 0) return 'Choose by list, search, group, role, division or token.';
    return choiceSentence(revoke.chosen);
  });
  const review = computed(() =>
    adopted.value
      ? 'Reviewed in another sitting.'
      : revoke.plan
        ? planShort(revoke.plan)
        : 'Who goes, who is kept back.',
  );
  const confirm = computed(() => {
    if (adopted.value) return 'Confirmed in another sitting.';
    const reason = revoke.reason.trim();
    if (reason === '') return 'Say why, try it dry, confirm.';
    return revoke.ticket.trim() === '' ? reason : `${reason} (${revoke.ticket.trim()})`;
  });
  const report = computed(() => {
    if (!run.progress) return 'One outcome for each user.';
    if (isOver(run.progress)) return endShort(run.progress);
    const sentence = progressSentence(run.progress);
    return run.progress.dryRun ? `Dry run: ${sentence}` : sentence;
  });
  const realRun = computed(() => run.progress !== null && !run.progress.dryRun);

  return computed(() => {
    const free = !run.active && !revoke.resolving;
    const nobody = session.session.kind === 'signed-out';
    const step = (
      key: RevokeStep,
      title: string,
      summary: string,
      done: boolean,
      openable: boolean,
    ): Step => ({
      key,
      title,
      summary,
      done,
      openable,
      current: revoke.step === key && !(nobody && !run.progress),
    });
    return [
      step('who', 'Who', who.value, revoke.plan !== null || adopted.value, free && !nobody),
      step(
        'review',
        'Review',
        review.value,
        adopted.value || (revoke.plan !== null && revoke.step !== 'who'),
        free && revoke.plan !== null,
      ),
      step(
        'confirm',
        'Confirm',
        confirm.value,
        realRun.value,
        free && !realRun.value && (revoke.plan?.revoke ?? 0) > 0,
      ),
      step(
        'run',
        run.progress && isOver(run.progress) ? 'Report' : 'Run',
        report.value,
        run.progress !== null && isOver(run.progress),
        run.progress !== null,
      ),
    ];
  });
}
