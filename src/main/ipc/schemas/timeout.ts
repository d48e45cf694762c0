import { z } from 'zod';
import { isSmallObject } from '../input-problems.ts';
import { id } from './common.ts';

const timeoutUnit = z.enum(['Minutes', 'Hours']).nullable();
/** A change of the idle timeout, as a whole. */
export const timeoutChange = z.strictObject({
  enabled: z.boolean(),
  seconds: z.int().nullable(),
  unit: timeoutUnit,
  groups: z
    .strictObject({
      enabled: z.boolean(),
      bundles: z
        .array(
          z.strictObject({
            priority: z.int(),
            timeoutSeconds: z.int(),
            unit: timeoutUnit,
            groupIds: z.array(id).max(1000),
            // Fields of the API that this app does not know: few and small, or they are none.
            other: z.custom<Readonly<Record<string, unknown>>>(isSmallObject, 'is not small').exactOptional(),
          }),
        )
        .max(5),
    })
    .exactOptional(),
});
