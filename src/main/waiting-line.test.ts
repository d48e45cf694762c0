import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createWaitingLine } from './waiting-line.ts';

const MAX = 5;
const FULL = 'Too many wait';

/** A number: that caller leaves, who may have passed before. */
const anyStep = fc.oneof(
  { arbitrary: fc.constant('wait' as const), weight: 4 },
  { arbitrary: fc.constant('pass' as const), weight: 2 },
  { arbitrary: fc.nat(50), weight: 2 },
);

it('passes callers in the order they came, and nobody who has left or found it full', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 60 }), async (steps) => {
      const line = createWaitingLine(MAX, FULL);
      const callers: AbortController[] = [];
      const told: string[] = [];
      const expected: string[] = [];
      let waiting: number[] = [];
      for (const step of steps) {
        if (step === 'wait') {
          const caller = callers.length;
          const off = new AbortController();
          callers.push(off);
          if (waiting.length < MAX) waiting.push(caller);
          else expected.push(`${caller}: ${FULL}`);
          line.wait(off.signal).then(
            () => told.push(`${caller}: passed`),
            (error: unknown) => told.push(`${caller}: ${(error as Error).message}`),
          );
        } else if (step === 'pass') {
          const first = waiting.shift();
          if (first !== undefined) expected.push(`${first}: passed`);
          line.pass();
        } else {
          if (waiting.includes(step)) expected.push(`${step}: left`);
          waiting = waiting.filter((caller) => caller !== step);
          callers[step]?.abort(new Error('left'));
        }
        expect(line.length).toBe(waiting.length);
        await Promise.resolve();
        expect(told).toEqual(expected);
      }
    }),
    { numRuns: 200 },
  );
});

it('lets nobody wait whose signal was aborted before', async () => {
  const line = createWaitingLine(MAX, FULL);
  await expect(line.wait(AbortSignal.abort(new Error('off')))).rejects.toThrow('off');
  expect(line.length).toBe(0);
});

it('says that it is full by the code that the window knows', async () => {
  const line = createWaitingLine(0, FULL);
  await expect(line.wait(new AbortController().signal)).rejects.toMatchObject({
    error: { code: 'rate-limited', message: FULL },
  });
});
