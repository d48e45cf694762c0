import { Plug } from '@lucide/vue';
import { describe, expect, it } from 'vitest';
import { findCommands, type Command } from './palette.ts';

const command = (title: string, also = ''): Command => ({
  id: title,
  title,
  group: 'Group',
  also,
  icon: Plug,
  run: () => undefined,
});
const commands = [
  command('Idle timeout'),
  command('Token'),
  command('Verify the token'),
  command('Switch to São Paulo'),
  command('Theme: dark', 'night colour'),
];
const titles = (query: string) => findCommands(commands, query).map(({ title }) => title);

describe('findCommands', () => {
  it('shows everything in its order when nothing is asked', () => {
    expect(titles('  ')).toEqual(commands.map(({ title }) => title));
  });

  it('puts the beginning of the title first, then the beginning of a word, then the rest', () => {
    expect(titles('t')).toEqual([
      'Token',
      'Theme: dark',
      'Idle timeout',
      'Verify the token',
      'Switch to São Paulo',
    ]);
  });

  it('wants every word, in any order, in the title or beside it', () => {
    expect(titles('night theme')).toEqual(['Theme: dark']);
    expect(titles('token zebra')).toEqual([]);
  });

  it('does not ask for accents', () => {
    expect(titles('sao paulo')).toEqual(['Switch to São Paulo']);
  });
});
