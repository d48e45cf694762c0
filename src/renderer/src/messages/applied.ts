import { joined } from '../../../shared/choice.ts';
import type { AppliedTimeout } from '../../../shared/timeout-groups.ts';
import { formatDuration } from './format.ts';

export interface AppliedMessage {
  readonly value: string;
  readonly why: string;
}

/** Which timeout applies to somebody, and why. */
export function appliedMessage(applied: AppliedTimeout, nameOf: (groupId: string) => string): AppliedMessage {
  switch (applied.kind) {
    case 'off':
      return { value: 'None.', why: 'The idle timeout is off.' };
    case 'everybody': {
      const value = applied.seconds === null ? 'Not given.' : `${formatDuration(applied.seconds)}.`;
      const why =
        applied.because === 'groups-off'
          ? 'The timeout for everybody: group timeouts are off.'
          : 'The timeout for everybody: none of their groups has one of its own.';
      return { value, why };
    }
    case 'bundle': {
      const { bundle, via, beaten } = applied;
      const member = `Member of ${joined(via.map(nameOf))}, priority ${bundle.priority}.`;
      const over = beaten.map(
        ({ priority, timeoutSeconds }) => `priority ${priority} (${formatDuration(timeoutSeconds)})`,
      );
      return {
        value: `${formatDuration(bundle.timeoutSeconds)}.`,
        why: over.length === 0 ? member : `${member} That wins over ${joined(over)}.`,
      };
    }
  }
}
