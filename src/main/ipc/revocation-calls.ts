import type { BrowserWindow } from 'electron';
import { chooseExportPath, confirmRevocation, openList, openSavedPlan } from '../app/questions.ts';
import { writeExport } from '../files/export-file.ts';
import type { Revocation } from '../revocation/index.ts';
import type { Handlers } from './router.ts';

interface RevocationCallDeps {
  readonly revocation: Revocation;
  readonly window: () => BrowserWindow;
  /** Name of the org that is signed in. */
  readonly organization: () => string;
}

type RevocationCalls = Pick<
  Handlers,
  Extract<keyof Handlers, `list.${string}` | `plan.${string}` | `runs.${string}`>
>;

export function revocationCalls({ revocation, window, organization }: RevocationCallDeps): RevocationCalls {
  return {
    'list.fromText': ({ text }) => revocation.listFromText(text),
    'list.fromDialog': async () => {
      const file = await openList(window());
      return file && (await revocation.listFromBytes(file.name, file.bytes));
    },
    'list.fromFile': ({ name, bytes }) => revocation.listFromBytes(name, bytes),
    'list.fromSheet': ({ listId, sheet }) => revocation.listFromSheet(listId, sheet),
    'list.cancelReading': () => {
      revocation.cancelReadingList();
      return null;
    },

    'plan.resolve': (selection) => revocation.resolvePlan(selection),
    'plan.cancelResolving': () => {
      revocation.cancelResolving();
      return null;
    },
    'plan.save': async ({ planId }) => {
      const text = revocation.planFile(planId);
      const path = await chooseExportPath(window(), `tokendesk-plan-${planId}.jsonl`);
      if (path === null) return null;
      await writeExport(path, text);
      return { path };
    },
    'plan.open': async () => {
      const file = await openSavedPlan(window());
      return file && revocation.openPlan(file.name, file.bytes);
    },
    'plan.rows': ({ planId, from, count }) => revocation.planRows(planId, from, count),

    'runs.start': async (request) => {
      const plan = revocation.planSummary(request.planId);
      if (!request.dryRun && !(await confirmRevocation(window(), plan.revoke, organization()))) return null;
      return revocation.start(request);
    },
    'runs.pause': ({ runId }) => revocation.pause(runId),
    'runs.continue': ({ runId }) => revocation.continue(runId),
    'runs.cancel': ({ runId }) => revocation.cancel(runId),
    'runs.resume': ({ runId }) => revocation.resume(runId),
    'runs.close': ({ runId, reason }) => revocation.closeRun(runId, reason),
    'runs.progress': ({ runId }) => revocation.progress(runId),
    'runs.list': () => revocation.listRuns(),
    'runs.timeline': ({ runId }) => revocation.timeline(runId),
    'runs.outcomes': ({ runId, from, count }) => revocation.outcomes(runId, from, count),
    'runs.export': async ({ runId, format }) => {
      const path = await chooseExportPath(window(), `tokendesk-${runId}.${format}`);
      if (path === null) return null;
      await writeExport(path, await revocation.report(runId, format));
      return { path };
    },
    'runs.retryList': ({ runId }) => revocation.retryList(runId),
    'runs.verify': ({ runId }) => revocation.verify(runId),
    'runs.cancelVerify': () => {
      revocation.cancelVerifying();
      return null;
    },
    'runs.verifications': ({ runId }) => revocation.verifications(runId),
    'runs.delete': ({ runId }) => revocation.deleteRun(runId),
  };
}
