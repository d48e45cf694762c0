import type { RowDetail } from '../../../shared/plan.ts';
import { listedColumns, listedField } from '../../../shared/packed-rows.ts';
import type { LoadedRows } from '../stores/load-rows.ts';
import type { TableColumn } from '../components/table/types.ts';

interface ListedRow {
  readonly line?: number | undefined;
  readonly details?: readonly RowDetail[] | undefined;
}

/** How a row was named in the list, and whom it was found to mean; both start hidden. */
export const IDENTITY_COLUMNS: readonly TableColumn<{
  readonly input: string;
  readonly userId: string | null;
}>[] = [
  { key: 'input', field: 'input', title: 'In the list', width: 220, value: (row) => row.input, hidden: true },
  {
    key: 'userId',
    field: 'userId',
    title: 'User id',
    width: 290,
    value: (row) => row.userId,
    hidden: true,
    isId: true,
  },
];

/** Columns for what rows bring along from their lists: the line, and the columns that were chosen there. */
export function detailColumns<Row extends ListedRow>({
  rows,
  blocks,
}: LoadedRows<Row>): readonly TableColumn<Row>[] {
  const names = new Set<string>();
  let listed = false;
  for (const { fields } of blocks) {
    const { line } = fields;
    listed ||= line?.kind === 'words' && line.words.some((word) => word !== null);
    for (const name of listedColumns(fields)) names.add(name);
  }
  for (const { line, details } of blocks.length > 0 ? [] : rows) {
    listed ||= line !== undefined;
    if (details) for (const [name] of details) names.add(name);
  }
  const columns = [...names].map((name): TableColumn<Row> => ({
    key: `list ${name}`,
    title: name,
    width: 160,
    field: listedField(name),
    value: ({ details = [] }) => details.find(([key]) => key === name)?.[1] ?? null,
  }));
  if (!listed) return columns;
  const line: TableColumn<Row> = {
    ...{ key: 'line', title: 'Line', width: 76, align: 'end', searched: false, hidden: true },
    value: (row) => row.line ?? null,
  };
  return [...columns, line];
}

/** The same for the details of one row. */
export const detailEntries = ({ line, details = [] }: ListedRow) => [
  { name: 'Line of the list', value: line === undefined ? null : String(line) },
  ...details.map(([name, value]) => ({ name, value })),
];
