import type { RowDetail } from './plan.ts';
import {
  fieldValue,
  packField,
  packWords,
  type FieldBlock,
  type FieldValue,
  type RowBlock,
} from './row-blocks.ts';

/** What rows of plans and of reports have in common. */
interface ListedRow {
  readonly userId: string | null;
  readonly email: string | null;
  readonly input: string;
  readonly line?: number | undefined;
  readonly details?: readonly RowDetail[] | undefined;
}

const LISTED = 'list ';
/** Behind the name of a column that stands in a row once more. */
const AGAIN = '\n';

/** @returns the field that holds what a list's column of that name says. */
export const listedField = (name: string): string => `${LISTED}${name}`;

const listedName = (key: string): string => {
  let end = key.length;
  while (key[end - 1] === AGAIN) end -= 1;
  return key.slice(LISTED.length, end);
};

/** @returns the names of the columns of lists that a block has fields of. */
export const listedColumns = (fields: RowBlock['fields']): readonly string[] =>
  Object.keys(fields).flatMap((key) =>
    key.startsWith(LISTED) && !key.endsWith(AGAIN) ? [key.slice(LISTED.length)] : [],
  );

/**
 * Packs these fields of rows, and what they have from their list.
 * @param from number of the first of them. @param kinds fields that hold one of few words.
 */
export function packRows<Row extends ListedRow>(
  rows: readonly Row[],
  from: number,
  names: readonly (keyof Row & string)[],
  kinds: readonly (keyof Row & string)[],
): RowBlock {
  const fields: Record<string, FieldBlock> = {};
  for (const name of names) fields[name] = packField(rows.map((row) => row[name] as FieldValue));
  for (const name of kinds) fields[name] = packWords(rows.map((row) => row[name] as FieldValue));
  // Mostly it is the id or the address once more.
  fields['inputIs'] = packWords(rows.map(inputIs));
  fields['input'] = packField(rows.map((row) => (inputIs(row) === null ? row.input : null)));
  fields['line'] = packField(rows.map(({ line }) => line ?? null));
  const listed = new Map<string, (string | null)[]>();
  rows.forEach(({ details = [] }, row) => {
    for (const [name, value] of details) {
      let key = listedField(name);
      while (typeof listed.get(key)?.[row] === 'string') key += AGAIN;
      if (!listed.has(key))
        listed.set(
          key,
          rows.map(() => null),
        );
      const values = listed.get(key);
      if (values) values[row] = value;
    }
  });
  for (const [key, values] of listed) fields[key] = packField(values);
  return { from, count: rows.length, fields };
}

const inputIs = ({ input, userId, email }: ListedRow): 'userId' | 'email' | null => {
  if (input === userId) return 'userId';
  return input === email ? 'email' : null;
};

/** A row that reads its fields from a block where they are asked for: small, and the same in use as any other. */
export class PackedRow {
  readonly #block: RowBlock;
  readonly #place: number;

  constructor(block: RowBlock, place: number) {
    this.#block = block;
    this.#place = place;
  }

  get index(): number {
    return this.#block.from + this.#place;
  }

  get userId(): string | null {
    return this.text('userId');
  }

  get name(): string | null {
    return this.text('name');
  }

  get email(): string | null {
    return this.text('email');
  }

  get input(): string {
    return this.text(this.text('inputIs') ?? 'input') ?? '';
  }

  get line(): number | undefined {
    return this.number('line') ?? undefined;
  }

  get details(): readonly RowDetail[] | undefined {
    const details = Object.keys(this.#block.fields).flatMap((key): RowDetail[] => {
      const value = key.startsWith(LISTED) ? this.text(key) : null;
      return value === null ? [] : [[listedName(key), value]];
    });
    return details.length > 0 ? details : undefined;
  }

  protected text(name: string): string | null {
    return this.value(name) as string | null;
  }

  protected number(name: string): number | null {
    return this.value(name) as number | null;
  }

  protected value(name: string): FieldValue {
    return fieldValue(this.#block.fields[name], this.#place);
  }
}

/** @returns the rows of a block, of that class. */
export const rowsOf = <Row>(block: RowBlock, Kind: new (block: RowBlock, place: number) => Row): Row[] =>
  Array.from({ length: block.count }, (_, place) => new Kind(block, place));
