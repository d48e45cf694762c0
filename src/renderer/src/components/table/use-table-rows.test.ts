import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { effectScope, shallowRef, type EffectScope } from 'vue';
import type { SortState, TableColumn } from './types.ts';
import { useTableRows } from './use-table-rows.ts';

interface Person {
  readonly name: string;
  readonly team: string;
}
const people: readonly Person[] = [
  { name: 'Cy', team: 'Sales' },
  { name: 'Ana', team: 'Claims' },
  { name: 'Bo', team: 'Sales' },
];
const columns: readonly TableColumn<Person>[] = [
  { key: 'name', title: 'Name', width: 100, value: (row) => row.name },
  { key: 'team', title: 'Team', width: 100, value: (row) => row.team },
];

let scope: EffectScope;
beforeEach(() => {
  scope = effectScope();
});
// What works ahead for the table has a timer, and must not come up in the tests of another file.
afterEach(() => scope.stop());

function setUp() {
  const rows = shallowRef(people);
  const loading = shallowRef(false);
  const accepts = shallowRef<((row: Person) => boolean) | null>(null);
  const query = shallowRef('');
  const sort = shallowRef<SortState | null>(null);
  const options = {
    rows: () => rows.value,
    identity: () => 'people',
    loading: () => loading.value,
    columns: () => columns,
    accepts: () => accepts.value,
    query,
    sort,
  };
  const table = scope.run(() => useTableRows<Person>(options));
  if (!table) throw new Error('The scope has ended.');
  const names = () => [...table.shown.value].map((_, position) => table.rowAt(position)?.name);
  const selectedRows = () => rows.value.flatMap((_, row) => (table.selected.value.has(row) ? [row] : []));
  return { rows, loading, accepts, query, sort, table, names, selectedRows };
}

describe('rows of a table', () => {
  it('come as they are, sorted, filtered by words and by the view', () => {
    const { names, sort, query, accepts } = setUp();
    expect(names()).toEqual(['Cy', 'Ana', 'Bo']);
    sort.value = { key: 'name', direction: 'ascending' };
    expect(names()).toEqual(['Ana', 'Bo', 'Cy']);
    query.value = 'sal';
    expect(names()).toEqual(['Bo', 'Cy']);
    accepts.value = (row) => row.name === 'Cy';
    expect(names()).toEqual(['Cy']);
  });

  it('keep the active row and the selection when the order changes', () => {
    const { table, sort } = setUp();
    table.activate(0, false);
    table.toggle(0);
    sort.value = { key: 'name', direction: 'ascending' };
    expect(table.activePosition.value).toBe(2);
    expect(table.isSelectedAt(2)).toBe(true);
  });

  it('select all that match, and keep what the filter hides', () => {
    const { table, query, selectedRows } = setUp();
    table.toggle(1);
    query.value = 'sales';
    expect(table.selectionState.value).toBe('none');
    table.toggleAllShown();
    expect(table.selectionState.value).toBe('all');
    expect(table.selected.value.size).toBe(3);
    table.toggleAllShown();
    expect(selectedRows()).toEqual([1]);
  });

  it('extend the selection from where it began', () => {
    const { table, selectedRows } = setUp();
    table.activate(2, false);
    table.activate(0, true);
    expect(table.selected.value.size).toBe(3);
    table.activate(1, true);
    expect(selectedRows()).toEqual([1, 2]);
  });

  it('copy the selected rows that are shown, in their order, or else the active one', () => {
    const { table, sort, query } = setUp();
    expect(table.rowsToCopy()).toEqual([]);
    table.activate(1, false);
    expect(table.rowsToCopy().map((row) => row.name)).toEqual(['Ana']);
    sort.value = { key: 'name', direction: 'descending' };
    table.toggleAllShown();
    query.value = 'sales';
    expect(table.rowsToCopy().map((row) => row.name)).toEqual(['Cy', 'Bo']);
  });

  it('begin anew with new rows: a selection never slips onto other people', () => {
    const { table, rows, query } = setUp();
    table.toggle(0);
    query.value = 'cy';
    rows.value = [{ name: 'Di', team: 'IT' }];
    expect(table.selected.value.size).toBe(0);
    expect(table.activeRow.value).toBeNull();
    expect(query.value).toBe('');
  });

  it('keep filter, place and selection while more of them come, and select all only once they are here', () => {
    const { table, rows, loading, query, selectedRows } = setUp();
    loading.value = true;
    rows.value = [...people];
    query.value = 'sales';
    table.toggle(1);
    table.toggleAllShown();
    expect(selectedRows()).toEqual([2]);
    rows.value = [...people, { name: 'Di', team: 'Sales' }];
    loading.value = false;
    expect(query.value).toBe('sales');
    expect(table.activeRow.value?.name).toBe('Bo');
    expect(selectedRows()).toEqual([2]);
    table.toggleAllShown();
    expect(selectedRows()).toEqual([0, 2, 3]);
  });
});
