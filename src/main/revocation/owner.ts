import { isDeepStrictEqual } from 'node:util';
import type { OwnerFields } from './journal/records.ts';
import type { RevocationSession } from './ports.ts';

/** How a journal names the hosts of a connection: AWS region, custom API base, or `demo`. */
export const regionOf = ({ connection: { region } }: Pick<RevocationSession, 'connection'>): string => {
  if (region.kind === 'genesys') return region.id;
  return region.kind === 'custom' ? region.apiBase : 'demo';
};

/** Whom a plan or a run belongs to. Ids of org and operator are a server's claim; hosts and connection are this app's own. */
export interface RunOwner {
  readonly connectionId: string;
  /** As `regionOf` names it. */
  readonly region: string;
  readonly orgId: string;
  /** Null for client credentials. */
  readonly operatorId: string | null;
}

/** Whose a run is that this session begins. */
export const ownerOf = (session: RevocationSession): RunOwner => ({
  connectionId: session.connection.id,
  region: regionOf(session),
  orgId: session.connection.organization.id,
  operatorId: session.operator.userId,
});

/** What the first record of a journal says of a session, and why it was begun. */
export const ownerFieldsOf = (
  session: RevocationSession,
  about: Pick<OwnerFields, 'runId' | 'appVersion' | 'reason' | 'ticket'>,
): OwnerFields => {
  const { connection, operator } = session;
  const { runId, appVersion, reason, ticket } = about;
  return {
    runId,
    appVersion,
    connectionId: connection.id,
    connectionLabel: connection.label,
    region: regionOf(session),
    orgId: connection.organization.id,
    orgName: connection.organization.name,
    operator,
    reason,
    ticket,
  };
};

/** Of whom the first record of a journal speaks. */
export const ownerOfHeader = (
  header: Pick<OwnerFields, 'connectionId' | 'region' | 'orgId' | 'operator'>,
): RunOwner => ({
  connectionId: header.connectionId,
  region: header.region,
  orgId: header.orgId,
  operatorId: header.operator.userId,
});

/** Whether who is signed in now owns the run: it may then go on without a word. */
export const isOwner = (session: RevocationSession, owner: RunOwner): boolean =>
  isDeepStrictEqual(ownerOf(session), owner);

/** Whether it may go on under this session when the person agrees: same hosts, org and operator. */
export const mayTakeOver = (session: RevocationSession, owner: RunOwner): boolean =>
  isOwner(session, { ...owner, connectionId: session.connection.id });
