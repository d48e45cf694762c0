import type { AppError } from './result.ts';

/** As the directory says it. */
export type UserState = 'active' | 'inactive' | 'deleted';

/** A division, group or role, as it is chosen from. `users` is null where the API does not tell. */
export interface DirectoryEntry {
  readonly id: string;
  readonly name: string;
  readonly users: number | null;
}

export type EntryKind = 'division' | 'group' | 'role';

/** Names of one kind. `complete` says that there are no others; `problem`, why they could not be read. */
export interface NamesOfKind {
  readonly entries: readonly DirectoryEntry[];
  readonly complete: boolean;
  readonly problem: AppError | null;
}

/** What users can be chosen by, at most 500 of each kind. */
export type DirectoryNames = Readonly<Record<EntryKind, NamesOfKind>>;

/** At most 20 of `total`, which is null where the API did not tell. */
export interface FoundPeople {
  readonly people: readonly FoundPerson[];
  readonly total: number | null;
}

/** At most 25 entries of `total`, which is null where the API did not tell. */
export interface DirectoryAnswer {
  readonly entries: readonly DirectoryEntry[];
  readonly total: number | null;
}

/** A user with what tells namesakes apart. Null is what the API did not say. */
export interface FoundPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly department: string | null;
  readonly division: string | null;
  readonly title: string | null;
  readonly state: UserState;
  /** ISO 8601. */
  readonly lastTokenIssued: string | null;
}
