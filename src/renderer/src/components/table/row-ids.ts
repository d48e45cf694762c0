import { formatNumber } from '../../messages/format.ts';
import { cellText, type TableColumn } from './types.ts';

interface RowIds {
  /** One a line. */
  readonly text: string;
  /** "user id", "3 user ids"; empty when there is none. */
  readonly label: string;
}

/** What these rows are known by elsewhere, for copying; rows without one are left out. */
export function idsOf<Row>(column: TableColumn<Row> | undefined, rows: readonly Row[]): RowIds {
  const ids = column ? rows.map((row) => cellText(column, row)).filter((id) => id !== '') : [];
  if (!column || ids.length === 0) return { text: '', label: '' };
  const name = column.title.toLowerCase();
  return {
    text: ids.join('\n'),
    label: ids.length === 1 ? name : `${formatNumber(ids.length)} ${name}s`,
  };
}
