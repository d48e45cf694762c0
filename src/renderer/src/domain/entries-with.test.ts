import { expect, it } from 'vitest';
import { entriesWith } from './entries-with.ts';

it('finds by words without accents, those that begin with them first', () => {
  const entries = ['Équipe de nuit', 'Nuit', 'Day'].map((name, n) => ({ id: `${n}`, name, users: null }));
  expect(entriesWith(entries, 'nuit').map(({ name }) => name)).toEqual(['Nuit', 'Équipe de nuit']);
  expect(entriesWith(entries, 'equipe NUIT').map(({ name }) => name)).toEqual(['Équipe de nuit']);
  expect(entriesWith(entries, '')).toHaveLength(3);
});
