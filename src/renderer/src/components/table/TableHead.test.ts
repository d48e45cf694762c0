import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { initialLayout } from './layout.ts';
import TableHead from './TableHead.vue';

it.each([
  [1, 'Select the row shown'],
  [1_234, 'Select all 1,234 rows shown'],
])('names the box over %i rows', (count, name) => {
  const columns = [{ key: 'name', title: 'Name', width: 100, value: () => null }];
  const layout = initialLayout(columns);
  const head = mount(TableHead, { props: { columns, selectionState: 'none', count, sort: null, layout } });
  expect(head.get('input').attributes('aria-label')).toBe(name);
});
