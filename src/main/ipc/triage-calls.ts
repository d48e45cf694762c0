import { isDeepStrictEqual } from 'node:util';
import type { Handlers } from '../consent/calls.ts';
import { ask } from '../consent/consent.ts';
import { askRegionsDialog, deleteRecordDialog, revokeTokenDialog } from '../consent/dialogs/triage.ts';
import { failure } from '../failure.ts';
import type { SaveExport } from '../files/export-file.ts';
import type { KeptRecords } from '../triage/kept-records.ts';
import type { Triage } from '../triage/triage.ts';

interface TriageCallDeps {
  readonly triage: Triage;
  /** Kept beside the runs. */
  readonly records: KeptRecords;
  readonly saveExport: SaveExport;
  readonly now: () => number;
}

type TriageCalls = Pick<Handlers, Extract<keyof Handlers, `triage.${string}`>>;

/** The calls about a leaked token and its records. */
export function triageCalls({ triage, records, saveExport, now }: TriageCallDeps): TriageCalls {
  const refuseToken = (text: string): void => {
    if (triage.mentionsToken(text)) throw failure('invalid-input', 'A record must not hold the token.');
  };

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
    'triage.saveRecord': ({ text }) => {
      refuseToken(text);
      const day = new Date(now()).toISOString().slice(0, 10);
      return saveExport(`leaked-token-${day}.txt`, () => text);
    },
    'triage.keepRecord': async ({ tokenId, text }) => {
      refuseToken(text);
      const record = { ...triage.recordOf(tokenId), text };
      await records.keep(record);
      return record;
    },
    'triage.records': () => records.list(),
    'triage.exportRecord': async ({ recordId }) => {
      const { text, keptAt } = await records.find(recordId);
      return saveExport(`leaked-token-${keptAt.slice(0, 10)}.txt`, () => text);
    },
    'triage.deleteRecord': async ({ recordId }) => {
      const record = await records.find(recordId);
      return ask({
        dialog: deleteRecordDialog(record),
        holds: () => true,
        act: async () => {
          await records.delete(recordId);
          return records.list();
        },
      });
    },
  };
}
