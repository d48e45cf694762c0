import { expect, it } from 'vitest';

const COMPONENTS = import.meta.glob('../src/renderer/src/components/*.vue');
const PAGE = import.meta.glob<string>('./GalleryPage.vue', { query: '?raw', import: 'default', eager: true });

/** Frames and parts of other components: they are seen wherever those are. */
const PARTS = ['FieldFrame', 'TooltipBubble', 'ViewPage'];

it('shows every component that has a face of its own', () => {
  const names = Object.keys(COMPONENTS).map((path) => path.split('/').at(-1)!.replace('.vue', ''));
  const page = PAGE['./GalleryPage.vue'] ?? '';
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !PARTS.includes(name) && !page.includes(`<${name}`))).toEqual([]);
});
