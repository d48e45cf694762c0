import { z } from 'zod';
import type { Caller } from './caller.ts';
import type { Finding } from './finding.ts';

interface Context extends Caller {
  readonly apiBase: string;
  /** What `GET /users/me` said. */
  readonly holder: 'user' | 'client';
  readonly now: () => number;
}

export type Question = (context: Context) => Promise<Finding | readonly Finding[]>;

export const USERS = '/api/v2/users';

export const listing = z.looseObject({
  total: z.number().nullish(),
  pageSize: z.number().nullish(),
  entities: z.array(
    z.looseObject({
      id: z.string(),
      email: z.string().nullish(),
      username: z.string().nullish(),
      memberCount: z.number().nullish(),
    }),
  ),
});
