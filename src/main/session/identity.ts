import type { NamedEntity } from '../../shared/connection.ts';

/** Who acts, where: what must not change under a run that goes on after signing in again. */
export interface Identity {
  readonly organization: Pick<NamedEntity, 'id'>;
  /** Null for client credentials, which have no user. */
  readonly userId: string | null;
}

/** Whether work begun as one identity may go on as the other. */
export function compareIdentity(
  before: Identity,
  now: Identity,
): 'same' | 'other-organization' | 'other-user' {
  if (before.organization.id !== now.organization.id) return 'other-organization';
  return before.userId === now.userId ? 'same' : 'other-user';
}
