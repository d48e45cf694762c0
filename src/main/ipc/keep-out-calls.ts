import type { Handlers } from '../consent/calls.ts';
import { ask } from '../consent/consent.ts';
import { keepOutDialog } from '../consent/dialogs/keep-out.ts';
import type { KeepOut } from '../revocation/keep-out/keep-out.ts';

type KeepOutCalls = Pick<Handlers, Extract<keyof Handlers, `keepOut.${string}`>>;

/** The calls about who is kept out. */
export function keepOutCalls(keepOut: KeepOut): KeepOutCalls {
  return {
    'keepOut.start': async (request) => {
      const agreed = await keepOut.ready(request);
      const { holds } = agreed;
      return ask({ dialog: keepOutDialog(agreed), holds, act: () => keepOut.start(agreed) });
    },
    'keepOut.resume': async (key) => {
      const agreed = await keepOut.readyToResume(key);
      const { holds } = agreed;
      return ask({ dialog: keepOutDialog(agreed), holds, act: () => keepOut.resume(agreed) });
    },
    'keepOut.stop': (key) => keepOut.stop(key),
    'keepOut.pause': (key) => keepOut.pause(key),
    'keepOut.continue': (key) => keepOut.continue(key),
    'keepOut.list': ({ runId }) => keepOut.list(runId),
    'keepOut.all': () => keepOut.all(),
  };
}
