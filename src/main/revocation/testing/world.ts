import fc from 'fast-check';

/** What the org says of a user; `kept-back` is a row of the plan that nobody is called for. */
export type UserKind = 'normal' | 'unknown' | 'forbidden' | 'refused' | 'kept-back';

/** What comes between a call and its answer. */
export const TROUBLES = [
  'lost',
  'failed',
  'failed-late',
  'throws',
  'offline',
  'portal',
  'proxy',
  'too-many',
  'too-many-told',
  'long-wait',
  'signed-out',
  'other-address',
] as const;

export type Trouble = 'none' | (typeof TROUBLES)[number];

/** What the person does with the app, or what ends it. */
export type AppDeed =
  | {
      readonly kind:
        | 'pause'
        | 'continue'
        | 'cancel'
        | 'quit'
        | 'crash'
        | 'sleep'
        | 'wake'
        | 'resume'
        | 'sign-in';
    }
  | { readonly kind: 'crash-writing'; readonly bytes: number };

/** What happens around it. */
export type OutsideDeed =
  | { readonly kind: 'gate-fails' | 'disk-heals' }
  | { readonly kind: 'disk-breaks'; readonly bytes: number }
  | { readonly kind: 'protect'; readonly user: number }
  | { readonly kind: 'limit'; readonly perMinute: number }
  | { readonly kind: 'slept-through'; readonly ms: number }
  | { readonly kind: 'other-day'; readonly days: number };

export type Deed = { readonly app: AppDeed } | { readonly outside: OutsideDeed };

/** Everything that chance decides about one run. */
export interface World {
  readonly users: readonly UserKind[];
  /** Row of who is signed in, modulo the rows; null for a client's own token. */
  readonly operator: number | null;
  readonly dryRun: boolean;
  readonly paced: boolean;
  /** Of the calls, in the order they come; then there is none. Each so many times. */
  readonly troubles: readonly (readonly [Trouble, number])[];
  /** ms; then 50. From 30 s on, the answer is too late. */
  readonly latencies: readonly number[];
  /** Whether that write, and that sync, of the journal fails. */
  readonly badWrites: readonly boolean[];
  readonly badSyncs: readonly boolean[];
  /** How long each write takes. */
  readonly writeMs: number;
  /** How long tokens live, ms, and whether the server tells; then for ever. */
  readonly tokens: readonly { readonly ms: number; readonly told: boolean }[];
  readonly deeds: readonly { readonly afterMs: number; readonly deed: Deed }[];
}

const kinds = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(
      fc.constantFrom<UserKind>('normal', 'normal', 'normal', 'unknown', 'forbidden', 'refused', 'kept-back'),
      { minLength: 1, maxLength: 12 },
    ),
  },
  { weight: 3, arbitrary: fc.array(fc.constant<UserKind>('normal'), { minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.array(fc.constant<UserKind>('forbidden'), { minLength: 9, maxLength: 13 }) },
  { weight: 1, arbitrary: fc.array(fc.constant<UserKind>('normal'), { minLength: 20, maxLength: 30 }) },
);

const bytes = fc.integer({ min: 0, max: 1_500 });

const appDeed: fc.Arbitrary<AppDeed> = fc.oneof(
  {
    weight: 11,
    arbitrary: fc.record({
      kind: fc.constantFrom('pause', 'continue', 'quit', 'crash', 'sleep', 'wake', 'resume', 'sign-in'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash-writing'), bytes }) },
);

const outsideDeed: fc.Arbitrary<OutsideDeed> = fc.oneof(
  fc.record({ kind: fc.constantFrom('gate-fails', 'disk-heals') }),
  fc.record({ kind: fc.constant('disk-breaks'), bytes }),
  fc.record({ kind: fc.constant('protect'), user: fc.nat(29) }),
  fc.record({ kind: fc.constant('limit'), perMinute: fc.constantFrom(10, 60, 300, 600) }),
  fc.record({ kind: fc.constant('slept-through'), ms: fc.integer({ min: 1_000, max: 36_000_000 }) }),
  fc.record({ kind: fc.constant('other-day'), days: fc.integer({ min: -3_650, max: 3_650 }) }),
);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ app: appDeed }) },
  { weight: 1, arbitrary: fc.record({ outside: outsideDeed }) },
);

const trouble = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Trouble>('none') },
  { weight: 5, arbitrary: fc.constantFrom<Trouble>(...TROUBLES) },
);
const times = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 1, arbitrary: fc.integer({ min: 4, max: 24 }) },
);
const latency = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 500 }) },
  { weight: 1, arbitrary: fc.integer({ min: 500, max: 40_000 }) },
);
const wait = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 400 }) },
  { weight: 1, arbitrary: fc.integer({ min: 400, max: 120_000 }) },
);

export const worlds: fc.Arbitrary<World> = fc.record({
  users: kinds,
  operator: fc.option(fc.nat(29)),
  dryRun: fc.nat(19).map((n) => n === 7),
  paced: fc.boolean(),
  troubles: fc.array(fc.tuple(trouble, times), { maxLength: 14 }),
  latencies: fc.array(latency, { maxLength: 20 }),
  badWrites: fc.array(
    fc.nat(5).map((n) => n === 3),
    { maxLength: 30 },
  ),
  badSyncs: fc.array(
    fc.nat(5).map((n) => n === 3),
    { maxLength: 10 },
  ),
  writeMs: fc.constantFrom(0, 0, 0, 10, 300),
  tokens: fc.array(fc.record({ ms: fc.integer({ min: 1_000, max: 120_000 }), told: fc.boolean() }), {
    maxLength: 3,
  }),
  deeds: fc.array(fc.record({ afterMs: wait, deed }), { maxLength: 12 }),
});
