import { computed, type ComputedRef } from 'vue';
import { isConfirmed } from '../../../../shared/confirmation.ts';
import type { PlanSummary } from '../../../../shared/plan.ts';
import { useCurrentRunStore } from '../../stores/current-run.ts';
import { useRevokeStore } from '../../stores/revoke.ts';
import { useSessionStore } from '../../stores/session.ts';

/** What a run of this plan needs before it can begin; main's own dialog comes in any case. */
export function useStartConditions(plan: () => PlanSummary): {
  /** Whether the permission is there, as far as is known. */
  readonly allowed: ComputedRef<boolean>;
  /** Nothing else is going on. */
  readonly idle: ComputedRef<boolean>;
  /** What still stands between the person and the button, in the order of the form. */
  readonly missing: ComputedRef<readonly string[]>;
  /** Few users are asked for nothing more: what they are is read in the dialog, and the reason is theirs to give. */
  readonly isShort: ComputedRef<boolean>;
} {
  const revoke = useRevokeStore();
  const session = useSessionStore();
  const run = useCurrentRunStore();
  const allowed = computed(() => session.permission('oauth:token:delete') !== 'missing');
  const isShort = computed(() => plan().confirmationText === '' && !plan().revokesYourself);
  return {
    allowed,
    isShort,
    idle: computed(() => session.signedIn && !run.active && revoke.starting === null),
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
