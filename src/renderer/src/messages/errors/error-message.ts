/** What a person is told of an error. */
export interface ErrorMessage {
  /** What happened. */
  readonly title: string;
  /** What it means for the work. */
  readonly meaning: string;
  /** What to do now. */
  readonly action: string;
}

/** @returns the three sentences as one entry of the catalogue. */
export const message = (title: string, meaning: string, action: string): ErrorMessage => ({
  title,
  meaning,
  action,
});

/** Said wherever it is so. */
export const NOTHING_CHANGED = 'Nothing was changed.';
