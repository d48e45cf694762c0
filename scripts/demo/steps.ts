import { createOrg, DEMO_ORG } from '../../src/simulator/org/org.ts';
import { createClients } from '../../src/simulator/tokens/clients.ts';
import * as chapters from './chapters.ts';
import type { Narrator } from './narrator.ts';
import { freePorts, serverAt } from './server.ts';
import { verdict } from './verdict.ts';
import type { AppWindow } from './window.ts';

/** What is typed into the window, and what the API then has to say. */
const TIMEOUT = { typed: '30 min', set: { idleTokenTimeoutSeconds: 1800, inactivityTimeoutUnit: 'Minutes' } };

/** The demo organisation on ports that are known, and how main is told of it. @param limit calls a minute. */
export async function demoServer(limit: number) {
  const [port = 0, loginPort = 0] = await freePorts(2);
  const org = createOrg(DEMO_ORG);
  const server = serverAt(port, loginPort, createClients(org).full);
  return { org, server, env: { TOKENDESK_DEMO: JSON.stringify({ port, loginPort, limit }) } };
}

/**
 * A person's first sitting, from the introduction to the idle timeout, and whether the report and the server agree.
 * @param files the list that is opened, and where the report is saved.
 * @returns whether they agree, and the file name of the picture of the report.
 */
export async function takeTour(
  app: AppWindow,
  { org, server }: Pick<Awaited<ReturnType<typeof demoServer>>, 'org' | 'server'>,
  narrator: Narrator,
  files: { readonly list: string; readonly report: string },
): Promise<{ readonly agree: boolean; readonly report: string }> {
  const parts = { app, server, narrator };
  narrator.chapter('First start');
  await chapters.firstStart(parts);
  narrator.chapter('The token');
  await chapters.token(parts);
  narrator.chapter('Revoke: who, and review');
  await chapters.chooseAndReview(parts, files.list);
  narrator.chapter('Revoke: confirm and run');
  await chapters.dryRun(parts);
  await chapters.confirmAndRun(parts);
  narrator.chapter('Revoke: report');
  const report = await chapters.report(parts, files.report);
  narrator.chapter('Idle timeout');
  const before = await server.idleTimeout();
  await chapters.idleTimeout(parts, TIMEOUT.typed);

  narrator.chapter('Do the report and the server agree?');
  const agree = await verdict(parts, org, files, { before, set: TIMEOUT.set });
  return { agree, report };
}
