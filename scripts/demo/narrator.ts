import { join } from 'node:path';
import { styleText } from 'node:util';
import type { Page } from '@playwright/test';

/** Characters: seconds, a sentence, and the name of its picture stand side by side. */
const TIME_WIDTH = 9;
const TEXT_WIDTH = 66;

/** Tells on the console what the tour does, and keeps its pictures. */
export interface Narrator {
  readonly pictures: () => number;
  chapter(title: string): void;
  say(text: string): void;
  /** Says it, and keeps a picture of the window as it is now. @returns the picture's file name. */
  show(text: string, picture: string): Promise<string>;
  /** Keeps a picture without a word. @returns its file name, numbered: `03-verified.png`. */
  picture(name: string): Promise<string>;
}

/** @param page the window, once there is one. @param folder where pictures go. */
export function createNarrator(page: () => Page, folder: string): Narrator {
  const started = performance.now();
  let pictures = 0;

  const write = (text: string, picture = ''): void => {
    const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(TIME_WIDTH - 2);
    const lines = wrap(text, TEXT_WIDTH);
    lines.forEach((line, at) => {
      const time = at === 0 ? dim(seconds) : ' '.repeat(seconds.length);
      const end = at === lines.length - 1 && picture ? `${line.padEnd(TEXT_WIDTH)}  ${dim(picture)}` : line;
      console.log(`${time}  ${end}`);
    });
  };

  const picture = async (name: string): Promise<string> => {
    pictures += 1;
    const file = `${String(pictures).padStart(2, '0')}-${name}.png`;
    // Away from whatever was pressed last, so that no tooltip covers the view.
    await page().mouse.move(0, 0);
    await page().screenshot({ path: join(folder, file), animations: 'disabled' });
    return file;
  };

  return {
    pictures: () => pictures,
    chapter: (title) => {
      console.log(`\n${bold(title)}`);
    },
    say: (text) => write(text),
    show: async (text, name) => {
      const file = await picture(name);
      write(text, file);
      return file;
    },
    picture,
  };
}

const styled = (style: 'bold' | 'dim', text: string): string =>
  process.stdout.isTTY && !process.env['NO_COLOR'] ? styleText(style, text) : text;
const bold = (text: string): string => styled('bold', text);
const dim = (text: string): string => styled('dim', text);

/** Breaks a text between words; a word that is longer than a line stands alone. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
