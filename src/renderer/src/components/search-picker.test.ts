import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import SearchPicker from './SearchPicker.vue';

interface Item {
  readonly id: string;
}

beforeEach(() => {
  vi.useFakeTimers();
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  vi.useRealTimers();
});

/** A picker whose answers take so long, ms. */
function setUp(roundTrip = 0) {
  const asked: string[] = [];
  const search = async (text: string) => {
    asked.push(text);
    await new Promise((resolve) => {
      setTimeout(resolve, roundTrip);
    });
    return { items: [{ id: text }], total: 1 };
  };
  const wrapper = mount(SearchPicker<Item>, {
    props: { label: 'Find', search, describe: ({ id }: Item) => ({ name: id, note: '' }) },
  });
  const type = (text: string) => wrapper.get('input').setValue(text);
  const found = () => wrapper.findAll('[role=option]').map((option) => option.text());
  return { asked, type, found };
}

describe('a picker that searches while somebody types', () => {
  it('asks once a pause in typing, 150 ms after the last key', async () => {
    const { asked, type, found } = setUp();
    for (const text of ['ni', 'nig', 'nigh', 'night']) {
      await type(text);
      await vi.advanceTimersByTimeAsync(140);
    }
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(10);
    expect(asked).toEqual(['night']);
    await vi.advanceTimersByTimeAsync(1);
    expect(found()).toEqual(['night']);
  });

  it('shows nothing of an answer to what is no longer typed', async () => {
    const { asked, type, found } = setUp(1_000);
    await type('ni');
    await vi.advanceTimersByTimeAsync(200);
    await type('day');
    await vi.advanceTimersByTimeAsync(1_100);
    expect(asked).toEqual(['ni', 'day']);
    expect(found()).not.toContain('ni');
    await vi.advanceTimersByTimeAsync(100);
    expect(found()).toEqual(['day']);
  });
});
