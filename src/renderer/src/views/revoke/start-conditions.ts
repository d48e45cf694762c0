import { computed } from 'vue';
import { isConfirmed } from '../../../../shared/confirmation.ts';
import type { PlanSummary } from '../../../../shared/plan.ts';
import { useCurrentRunStore } from '../../stores/current-run.ts';
import { useRevokeStore } from '../../stores/revoke.ts';
import { useSessionStore } from '../../stores/session.ts';

/** What a run of this plan needs before it can begin; main's own dialog comes in any case. */
export function useStartConditions(plan: () => PlanSummary) {
  const revoke = useRevokeStore();
  const session = useSessionStore();
  const run = useCurrentRunStore();
  /** Whether the permission is there, as far as is known. */
  const allowed = computed(() => session.permission('oauth:token:delete') !== 'missing');
  /** Few users are asked for nothing more: what they are is read in the dialog, and the reason is theirs to give. */
  const isShort = computed(() => plan().confirmationText === '' && !plan().revokesYourself);
  return {
    allowed,
    isShort,
    /** Nothing else is going on. */
    idle: computed(() => session.signedIn && !run.active && revoke.starting === null),
    /** What still stands between the person and the button, in the order of the form. */
    missing: computed(() => {
      const { confirmationText } = plan();
      const steps: string[] = [];
      if (!session.signedIn) steps.push('sign in again');
      if (!allowed.value) steps.push('get the permission “OAuth > Token > Delete”');
      if (!isShort.value && revoke.reason.trim() === '') steps.push('say why');
      if (confirmationText !== '' && !isConfirmed(revoke.confirmation, confirmationText))
        steps.push('type the confirmation');
      return steps;
    }),
  };
}
