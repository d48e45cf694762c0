import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { ListPreview } from '../../../../../shared/list.ts';
import ListColumns from './ListColumns.vue';

const columns = Array.from({ length: 12 }, (_, index) => ({
  index,
  name: `Column ${index}`,
  samples: [],
  ids: 0,
  emails: index === 0 ? 3 : 0,
  different: index === 0 ? 3 : 0,
  unreadable: 0,
  empty: 0,
  meaning: 'unknown' as const,
}));
const list: ListPreview = {
  ...{ listId: 'l', name: 'leavers.csv', format: 'table', encoding: 'utf-8', delimiter: ';' },
  ...{ hasHeader: true, columns, identifierColumn: 0, tie: [], rows: 3, leftOut: [], leftOutCount: 0 },
  ...{ leftOutUsers: { ids: 0, emails: 0 }, sheets: [], sheet: null },
};
const shown = (details: readonly number[]) =>
  mount(ListColumns, { props: { list, column: 0, details, disabled: false } });

describe('the columns that come along', () => {
  it('are nine at most: the others cannot be ticked then, and that is said', () => {
    const eight = shown([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(eight.findAll('input[type=checkbox]:disabled')).toHaveLength(0);
    expect(eight.find('[role=status]').exists()).toBe(false);

    const nine = shown([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(nine.findAll('input[type=checkbox]:disabled')).toHaveLength(3);
    expect(nine.find('[role=status]').text()).toContain('9 columns come along, which is the most');
  });
});
