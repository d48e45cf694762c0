import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import DivisionBars from './DivisionBars.vue';

const divisions = [40, 30, 20, 10, 9, 8, 7].map((users, index) => ({ division: `D${index}`, users }));
const total = 124;

describe('bars of divisions', () => {
  it('are as long as their numbers, the longest the largest, and the others together have none', () => {
    const chart = mount(DivisionBars, { props: { divisions: [...divisions].reverse(), total } });
    const lines = chart.findAll('li').map((line) => ({
      label: line.get('.label').text(),
      number: line.get('.number').text(),
      width: line.find('.bar').exists() ? line.get<HTMLElement>('.bar').element.style.width : null,
    }));
    expect(lines).toEqual([
      { label: 'D0', number: '40', width: '100%' },
      { label: 'D1', number: '30', width: '75%' },
      { label: 'D2', number: '20', width: '50%' },
      { label: 'D3', number: '10', width: '25%' },
      { label: '3 other divisions', number: '24', width: null },
    ]);
  });
});
