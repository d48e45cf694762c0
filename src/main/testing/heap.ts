import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * What one of many takes of V8's heap, bytes, rubbish collected: enough to tell a plain object from a dictionary, which
 * takes four times as much, and no more exact than that.
 * @param make the nth of them. @param count enough that what else is allocated meanwhile does not count.
 */
export function bytesEach(make: (n: number) => object, count = 20_000): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const kept: object[] = [];
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < count; n += 1) kept.push(make(n));
  collect();
  const bytes = (process.memoryUsage().heapUsed - before) / kept.length;
  kept.length = 0;
  return bytes;
}
