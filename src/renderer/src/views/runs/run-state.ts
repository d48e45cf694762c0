import { CircleCheck, CirclePause, CirclePlay, CircleSlash, Clock, Unplug } from '@lucide/vue';
import type { Component } from 'vue';
import type { RunState } from '../../../../shared/run.ts';
import { PAUSE_LABELS, RUN_STATE_LABELS } from '../../messages/run.ts';

interface Look {
  readonly icon: Component;
  readonly tone: 'neutral' | 'accent' | 'success' | 'warning';
}

/** An icon of its own for each state; the tone only repeats what icon and word say. */
export const RUN_STATE_LOOKS: Readonly<Record<RunState['kind'], Look>> = {
  planned: { icon: Clock, tone: 'neutral' },
  running: { icon: CirclePlay, tone: 'accent' },
  paused: { icon: CirclePause, tone: 'warning' },
  interrupted: { icon: Unplug, tone: 'warning' },
  cancelled: { icon: CircleSlash, tone: 'neutral' },
  finished: { icon: CircleCheck, tone: 'success' },
};

/** The state in words, with the reason of a pause: "Paused: Offline". */
export const stateText = (state: RunState): string =>
  state.kind === 'paused' && state.reason !== 'by-you'
    ? `${RUN_STATE_LABELS.paused}: ${PAUSE_LABELS[state.reason].label}`
    : RUN_STATE_LABELS[state.kind];
