import { plainWord, type Answer } from './caller.ts';

/** `open` is what this token, org or computer cannot tell. */
type Verdict = 'agrees' | 'differs' | 'open';

/** One assumption of the app beside what was answered. Holds no secret, no name and no id. */
export interface Finding {
  readonly id: string;
  readonly assumption: string;
  readonly answer: string;
  readonly verdict: Verdict;
}

/** "200", "400 max.user.ids" */
export const said = ({ status, code }: Answer): string =>
  code === null ? String(status) : `${status} ${code}`;

export const finding = (id: string, assumption: string, answer: string, agrees: boolean | null): Finding => ({
  id,
  assumption,
  answer,
  verdict: agrees === null ? 'open' : agrees ? 'agrees' : 'differs',
});

/** Field names of an answer, sorted. */
export const fieldsOf = (body: unknown): readonly string[] =>
  body !== null && typeof body === 'object' ? Object.keys(body).map(plainWord).sort() : [];

/** For people: one block a finding, what differs first. */
export function table(findings: readonly Finding[]): string {
  const order = { differs: 0, open: 1, agrees: 2 };
  const marks = { differs: 'NO ', open: ' ? ', agrees: 'yes' };
  const sorted = findings.toSorted((a, b) => order[a.verdict] - order[b.verdict]);
  const width = Math.max(...sorted.map(({ assumption }) => assumption.length), 'The app assumes'.length);
  const line = (mark: string, assumption: string, answer: string): string =>
    `${mark}  ${assumption.padEnd(width)}  ${answer}`;
  return [
    line('   ', 'The app assumes', 'Answer'),
    line('───', '─'.repeat(width), '──────'),
    ...sorted.map(({ verdict, assumption, answer }) => line(marks[verdict], assumption, answer)),
  ].join('\n');
}
