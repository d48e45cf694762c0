import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Narrator } from '../scripts/demo/narrator.ts';
import { demoServer, takeTour } from '../scripts/demo/steps.ts';
import { dialogs } from '../scripts/demo/window.ts';
import { expect, test } from './support/app.ts';

/** Rows of the list in which somebody is unknown, somebody deleted, and one is who runs it. */
const FROM = 336;
const TO = 396;
/** Calls a minute: the run is long enough to be seen half way. */
const LIMIT = 900;

test('the tour of `npm run demo` comes to its end, and the report and the server agree', async ({
  launch,
  profile,
}) => {
  const said: string[] = [];
  // It tells the same; pictures are for people.
  const narrator: Narrator = {
    pictures: () => 0,
    chapter: (title) => void said.push(title),
    say: (text) => void said.push(text),
    show: (text) => Promise.resolve(String(said.push(text))),
    picture: (name) => Promise.resolve(name),
  };
  const lines = (await readFile('examples/leavers.csv', 'utf8')).split('\r\n');
  const files = { list: join(profile, 'leavers.csv'), report: join(profile, 'report.csv') };
  await writeFile(files.list, [lines[0], ...lines.slice(FROM, TO)].join('\r\n'));

  const demo = await demoServer(LIMIT);
  const { electron, page, quit } = await launch({ keepIntroduction: true, env: demo.env });
  const { agree } = await takeTour({ page, ...dialogs(electron), close: quit }, demo, narrator, files);
  expect(agree, said.join('\n')).toBe(true);
});
