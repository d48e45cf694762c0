import { AppFailure } from '../failure.ts';
import { writeExport } from '../files/export-file.ts';
import type { Triage } from '../triage/triage.ts';
import type { Handlers } from './router.ts';

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
    'triage.ask': (request) => triage.ask(request),
    'triage.verify': ({ tokenId }) => triage.verify(tokenId),
    'triage.revoke': ({ tokenId }) => triage.revoke(tokenId),
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
