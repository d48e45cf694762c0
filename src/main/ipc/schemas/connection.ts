import { z } from 'zod';
import { REGIONS } from '../../../shared/regions.ts';

/** What a person calls a connection. */
export const label = z.string().trim().min(1).max(100);
/** Without a name of its own a connection is called what its org is called. */
const optionalLabel = label.or(z.literal(''));

/** The length is looked at first: parsing an address of megabytes takes its time. */
const httpsAddress = z
  .string()
  .max(300)
  .refine((text) => /^https:/i.test(text) && URL.canParse(text), 'must be an https address');

/** Where an org is. */
export const region = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('genesys'), id: z.enum(REGIONS.map((r) => r.id)) }),
  z.strictObject({
    kind: z.literal('custom'),
    apiBase: httpsAddress,
    loginBase: httpsAddress,
  }),
  z.strictObject({ kind: z.literal('demo') }),
]);

const secret = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('typed'), value: z.string().min(1).max(8192) }),
  z.strictObject({ from: z.literal('clipboard') }),
]);

/** A sign-in, by its method. */
export const signIn = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('demo') }),
  z.strictObject({
    method: z.literal('client-credentials'),
    region,
    clientId: z.string().trim().min(1).max(200),
    clientSecret: secret,
    label: optionalLabel,
    remember: z.boolean(),
  }),
  z.strictObject({
    method: z.literal('access-token'),
    region,
    token: secret,
    label: optionalLabel,
    remember: z.boolean(),
  }),
  z.strictObject({
    method: z.literal('pkce'),
    region,
    clientId: z.string().trim().min(1).max(200),
    promptLogin: z.boolean(),
    sso: z
      .strictObject({
        organization: z.string().trim().min(1).max(200),
        provider: z.string().trim().min(1).max(200),
      })
      .nullable(),
    label: optionalLabel,
    remember: z.boolean(),
  }),
]);
