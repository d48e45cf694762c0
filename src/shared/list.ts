/** How the bytes of a list were read. `windows-1252` is a guess, made when they are no Unicode, and said. */
export type ListEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** `spaces`: columns that stand one below the other, two spaces or more apart. */
export type ListDelimiter = ',' | ';' | '\t' | '|' | 'spaces';

/**
 * How a list was laid out: one entry a line; entries side by side; columns; blocks of `name: value`; JSON; a sheet of a
 * workbook.
 */
export type ListFormat = 'lines' | 'side-by-side' | 'table' | 'records' | 'json' | 'workbook';

/** Most columns of a list that come along into the review and the report. */
export const MAX_DETAIL_COLUMNS = 9;

/** A list somebody pasted or opened, kept by main; the renderer names it by id. */
export interface ListPreview {
  readonly listId: string;
  /** File name, or "Pasted list". */
  readonly name: string;
  readonly format: ListFormat;
  /** Null for a workbook, which says it itself. */
  readonly encoding: ListEncoding | null;
  readonly delimiter: ListDelimiter | null;
  readonly hasHeader: boolean;
  readonly columns: readonly ListColumn[];
  /** Index into `columns` of the one that identifies users; null when none does, or when it has to be asked. */
  readonly identifierColumn: number | null;
  /** Columns that could as well be the one: nothing is chosen among them silently. */
  readonly tie: readonly number[];
  /** Lines of the list that become rows of a plan; headings and what stands above them do not. */
  readonly rows: number;
  /** Lines that are not rows: at most the first 20 of `leftOutCount`. */
  readonly leftOut: readonly LeftOutLine[];
  readonly leftOutCount: number;
  /** What in those lines looks like a user. */
  readonly leftOutUsers: { readonly ids: number; readonly emails: number };
  /** Of a workbook, in its order; empty for a text. */
  readonly sheets: readonly ListSheet[];
  /** Index into `sheets` of the one that was read. */
  readonly sheet: number | null;
}

export interface ListColumn {
  readonly index: number;
  readonly name: string;
  readonly samples: readonly string[];
  /** Ids and addresses in it, each time they stand there. */
  readonly ids: number;
  readonly emails: number;
  /** How many different users they are. */
  readonly different: number;
  /** Cells that hold something else, and empty ones. */
  readonly unreadable: number;
  readonly empty: number;
  readonly meaning: ColumnMeaning;
}

/**
 * Whom a column speaks of, by its heading: the users; nobody in particular; the same users by another address; others,
 * as their managers; or no people at all, as divisions.
 */
export type ColumnMeaning = 'user' | 'unknown' | 'secondary' | 'other-people' | 'no-people';

/** A line that became no row. */
export interface LeftOutLine {
  /** 1-based line of the text, or row of the sheet. */
  readonly line: number;
  readonly kind: 'heading' | 'preamble' | 'rule' | 'mail-heading';
  readonly text: string;
}

export interface ListSheet {
  readonly name: string;
  /** Hidden in the workbook itself. */
  readonly hidden: boolean;
  /** Hidden rows and columns within what is used; they are read like the others. Known of the sheet that was read. */
  readonly hiddenRows: number;
  readonly hiddenColumns: number;
}

/** How far the reading of a list is; told only of one that takes longer than half a second. */
export interface ListProgress {
  /** 0 to 1; null when the reading is over. */
  readonly share: number | null;
}
