import type { Token } from '../tokens/store.ts';
import type { World } from '../world.ts';

/** One authenticated call of the API, as a handler sees it. */
export interface ApiCall {
  readonly world: World;
  readonly token: Token;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly now: number;
  readonly correlationId: string;
  /** The path as it came, without the query. */
  readonly path: string;
}
