import { Ban, CircleCheck, CircleDashed, CircleMinus, CircleX, SearchX, ShieldCheck } from '@lucide/vue';
import type { OutcomeKind } from '../../../../shared/run.ts';
import type { Look } from '../status-look.ts';

export const OUTCOME_LOOKS: Readonly<Record<OutcomeKind, Look>> = {
  revoked: { icon: CircleCheck, tone: 'success' },
  'would-revoke': { icon: CircleDashed, tone: 'accent' },
  'not-found': { icon: SearchX, tone: 'warning' },
  forbidden: { icon: Ban, tone: 'danger' },
  failed: { icon: CircleX, tone: 'danger' },
  'kept-back': { icon: ShieldCheck, tone: 'neutral' },
  'not-attempted': { icon: CircleMinus, tone: 'neutral' },
};

/** The order in which outcomes are listed everywhere. */
export const OUTCOME_ORDER: readonly OutcomeKind[] = [
  'revoked',
  'would-revoke',
  'not-found',
  'forbidden',
  'failed',
  'not-attempted',
  'kept-back',
];
