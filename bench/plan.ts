import type { PlanRow } from '../src/shared/plan.ts';
import { hashRows } from '../src/main/revocation/plan/plan-file.ts';
import { ownerOf } from '../src/main/revocation/owner.ts';
import type { Plan } from '../src/main/revocation/plan/kept-plans.ts';
import type { RevocationSession } from '../src/main/revocation/ports.ts';

/** A plan that revokes exactly these users, without looking them up. */
export async function planOf(userIds: readonly string[], session: RevocationSession): Promise<Plan> {
  const { connection } = session;
  const rows: readonly PlanRow[] = userIds.map((userId, index) => ({
    index,
    input: userId,
    userId,
    name: null,
    email: null,
    department: null,
    division: null,
    state: 'active',
    decision: { kind: 'revoke' },
  }));
  return {
    rows,
    owner: ownerOf(session),
    protectedEntries: [],
    parent: null,
    organizationName: connection.organization.name,
    summary: {
      planId: 'bench',
      hash: await hashRows(rows),
      connectionId: connection.id,
      createdAt: new Date().toISOString(),
      sourceText: 'Bench',
      sources: [],
      total: rows.length,
      revoke: rows.length,
      keptBack: {},
      byDivision: [],
      protectedMissing: [],
      differences: [],
      revokesYourself: false,
      callsUsed: 0,
      estimatedSeconds: 0,
      confirmationText: 'BENCH',
    },
  };
}
