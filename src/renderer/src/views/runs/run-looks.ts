import { CircleCheck, CirclePause, CirclePlay, CircleSlash, Clock, Unplug } from '@lucide/vue';
import type { RunState } from '../../../../shared/run.ts';
import type { Look } from '../../components/status-look.ts';

export const RUN_STATE_LOOKS: Readonly<Record<RunState['kind'], Look>> = {
  planned: { icon: Clock, tone: 'neutral' },
  running: { icon: CirclePlay, tone: 'accent' },
  paused: { icon: CirclePause, tone: 'warning' },
  interrupted: { icon: Unplug, tone: 'warning' },
  cancelled: { icon: CircleSlash, tone: 'neutral' },
  finished: { icon: CircleCheck, tone: 'success' },
};
