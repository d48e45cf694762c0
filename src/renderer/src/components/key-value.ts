/** A name and what belongs to it; null where the API did not give it. */
export interface KeyValue {
  readonly name: string;
  readonly value: string | null;
  /** For ids and keys. */
  readonly mono?: boolean;
}
