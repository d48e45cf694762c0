import type { Handlers } from '../consent/calls.ts';
import { ask, done, type Asked } from '../consent/consent.ts';
import { closeRunDialog, deleteRunDialog, resumeDialog, startRunDialog } from '../consent/dialogs/runs.ts';
import type { SaveExport } from '../files/export-file.ts';
import { MOST_NAMES, type Ready } from '../revocation/deps.ts';
import type { Revocation } from '../revocation/index.ts';
import type { AgreedResume, Resumable } from '../revocation/run/resumable.ts';
import { packOutcomeRows } from '../../shared/outcome-block.ts';
import { packPlanRows } from '../../shared/plan-block.ts';
import type { RunProgress } from '../../shared/run.ts';

interface OpenedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface RevocationCallDeps {
  readonly revocation: Revocation;
  /** Main's own file dialogs; null when the person closed them. */
  readonly openList: () => Promise<OpenedFile | null>;
  readonly openSavedPlan: () => Promise<OpenedFile | null>;
  readonly saveExport: SaveExport;
  /** The page as a PDF. */
  readonly printToPdf: (html: string) => Promise<Uint8Array>;
  /** People of the demo organisation, as CSV. */
  readonly demoList: () => Promise<string>;
  /** ms since the epoch. */
  readonly now: () => number;
}

type RevocationCalls = Pick<
  Handlers,
  Extract<keyof Handlers, `list.${string}` | `plan.${string}` | `runs.${string}`>
>;

// Long: a list of handlers, one a call.
/** The calls about lists, plans and runs. */
export function revocationCalls(deps: RevocationCallDeps): RevocationCalls {
  const { revocation, saveExport } = deps;

  const askToResume = (
    { what, session, holds }: Ready<Resumable>,
    act: (agreed: AgreedResume) => Promise<RunProgress>,
  ): Asked<RunProgress> => ask({ dialog: resumeDialog(what, session), holds, act: () => act(what) });

  return {
    'list.fromText': ({ text }) => revocation.lists.fromText(text),
    'list.fromDialog': async () => {
      const file = await deps.openList();
      return file && (await revocation.lists.fromBytes(file.name, file.bytes));
    },
    'list.fromFile': ({ name, bytes }) => revocation.lists.fromBytes(name, bytes),
    'list.fromSheet': ({ listId, sheet }) => revocation.lists.fromSheet(listId, sheet),
    'list.cancelReading': () => {
      revocation.lists.cancel();
      return null;
    },
    'list.demo': async () =>
      revocation.lists.fromBytes('people-of-the-demo.csv', new TextEncoder().encode(await deps.demoList())),

    'plan.resolve': (selection) => revocation.resolvePlan(selection),
    'plan.cancelResolving': () => {
      revocation.cancelResolving();
      return null;
    },
    'plan.save': async ({ planId }) => {
      const contents = revocation.planFile(planId);
      return saveExport(`tokendesk-plan-${planId}.jsonl`, () => contents);
    },
    'plan.open': async () => {
      const file = await deps.openSavedPlan();
      return file && (await revocation.openPlan(file.name, file.bytes));
    },
    'plan.decide': ({ planId, decision }) => revocation.decidePlan(planId, decision),
    'plan.candidates': ({ planId, row }) => revocation.planCandidates(planId, row),
    'plan.rows': ({ planId, from, count }) => revocation.planRows(planId, from, count),
    'plan.packedRows': ({ planId, from, count }) =>
      packPlanRows(revocation.planRows(planId, from, count), from),

    'runs.start': async (request) => {
      const { what, session, holds } = await revocation.readyToStart(request);
      if (request.dryRun) return done(await revocation.start(request));
      return ask({
        dialog: startRunDialog(what, session, MOST_NAMES, deps.now()),
        holds,
        act: () => revocation.start(request),
      });
    },
    'runs.pause': ({ runId }) => revocation.pause(runId),
    'runs.continue': async ({ runId }) => {
      const ready = await revocation.readyToContinue(runId);
      if (!ready || ready.what.header.dryRun) return done(await revocation.continue(runId));
      return askToResume(ready, (agreed) => revocation.handOver(runId, agreed));
    },
    'runs.cancel': ({ runId }) => revocation.cancel(runId),
    'runs.resume': async ({ runId }) => {
      const ready = await revocation.readyToResume(runId);
      if (ready.what.header.dryRun) return done(await revocation.resume(runId, ready.what));
      return askToResume(ready, (agreed) => revocation.resume(runId, agreed));
    },
    'runs.close': async ({ runId, reason }) => {
      const run = await revocation.restingRun(runId);
      return ask({
        dialog: closeRunDialog(run),
        holds: () => revocation.activeRunId() !== runId,
        act: () => revocation.closeRun(runId, reason),
      });
    },
    'runs.progress': ({ runId }) => revocation.progress(runId),
    'runs.list': () => revocation.listRuns(),
    'runs.timeline': ({ runId }) => revocation.timeline(runId),
    'runs.outcomes': ({ runId, from, count }) => revocation.outcomes(runId, from, count),
    'runs.firstOutcomes': ({ runId }) => revocation.firstOutcomes(runId),
    'runs.packedOutcomes': async ({ runId, from, count }) =>
      packOutcomeRows(await revocation.outcomes(runId, from, count), from),
    'runs.export': ({ runId, format }) =>
      saveExport(`tokendesk-${runId}.${format}`, async () =>
        format === 'pdf'
          ? deps.printToPdf(await revocation.report(runId, 'html'))
          : revocation.report(runId, format),
      ),
    'runs.retryList': ({ runId }) => revocation.retryList(runId),
    'runs.againList': ({ runId }) => revocation.againList(runId),
    'runs.verify': ({ runId }) => revocation.verify(runId),
    'runs.cancelVerify': () => {
      revocation.cancelVerifying();
      return null;
    },
    'runs.verifications': ({ runId }) => revocation.verifications(runId),
    'runs.delete': async ({ runId }) => {
      const run = await revocation.restingRun(runId);
      return ask({
        dialog: deleteRunDialog(run),
        holds: () => revocation.activeRunId() !== runId && revocation.keepOut.activeRunId() !== runId,
        act: () => revocation.deleteRun(runId),
      });
    },
  };
}
