import type { OrgUser } from '../org/org.ts';
import type { Random } from '../random.ts';

interface Grant {
  readonly clientId: string;
  readonly redirectUri: string;
  /** Base64url of the verifier's SHA-256. */
  readonly codeChallenge: string;
  readonly user: OrgUser;
  readonly expiresAt: number;
}

/** Authorization codes: each works once, within its time. */
export interface Codes {
  issue(grant: Omit<Grant, 'expiresAt'>, now: number): string;
  /** Takes the code away, whether or not what follows succeeds (RFC 6749, 4.1.2). */
  redeem(code: string, now: number): Grant | undefined;
}

const LIFETIME_MS = 5 * 60_000;
const MOST_PENDING = 1000;

export const createCodes = (random: Random): Codes => {
  const pending = new Map<string, Grant>();
  return {
    issue: (grant, now) => {
      const code = random.token(43);
      pending.set(code, { ...grant, expiresAt: now + LIFETIME_MS });
      const [oldest] = pending.keys();
      if (pending.size > MOST_PENDING && oldest !== undefined) pending.delete(oldest);
      return code;
    },
    redeem: (code, now) => {
      const grant = pending.get(code);
      pending.delete(code);
      return grant && now < grant.expiresAt ? grant : undefined;
    },
  };
};
