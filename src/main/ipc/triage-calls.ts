import { isDeepStrictEqual } from 'node:util';
import type { Handlers } from '../consent/calls.ts';
import { ask } from '../consent/consent.ts';
import { askRegionsDialog, revokeTokenDialog } from '../consent/dialogs/triage.ts';
import { AppFailure } from '../failure.ts';
import { writeExport } from '../files/export-file.ts';
import type { Triage } from '../triage/triage.ts';

interface TriageCallDeps {
  readonly triage: Triage;
  /** Where to save a record of that name; null when the person closed the dialog. */
  readonly chooseRecordPath: (name: string) => Promise<string | null>;
  readonly now: () => number;
}

type TriageCalls = Pick<Handlers, Extract<keyof Handlers, `triage.${string}`>>;

export function triageCalls({ triage, chooseRecordPath, now }: TriageCallDeps): TriageCalls {
  return {
    'triage.find': (text) => triage.find(text),
    'triage.ask': async (request) => {
      const { masked, places } = await triage.readyToAsk(request);
      return ask({
        dialog: askRegionsDialog(masked, places),
        holds: () => triage.holds(request.tokenId),
        act: () => triage.ask(request),
      });
    },
    'triage.verify': ({ tokenId }) => triage.verify(tokenId),
    'triage.revoke': ({ tokenId }) => {
      const owner = triage.ownerOf(tokenId);
      return ask({
        dialog: revokeTokenDialog(owner),
        // The panel may have been closed, or the token asked elsewhere; then it is another revocation.
        holds: () => isDeepStrictEqual(triage.ownerOf(tokenId), owner),
        act: () => triage.revoke(tokenId),
      });
    },
    'triage.close': () => {
      triage.close();
      return null;
    },
    'triage.saveRecord': async ({ text }) => {
      if (triage.mentionsToken(text)) {
        throw new AppFailure({ code: 'invalid-input', message: 'A record must not hold the token.' });
      }
      const day = new Date(now()).toISOString().slice(0, 10);
      const path = await chooseRecordPath(`leaked-token-${day}.txt`);
      if (path === null) return null;
      await writeExport(path, text);
      return { path };
    },
  };
}
