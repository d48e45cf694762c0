import { z } from 'zod';

/** Media of UserConversationSummary in which somebody speaks. */
const SPOKEN = ['call', 'callback', 'video'];

/** MediaSummary: what is active for the contact centre and for the company, each of it optional. */
const detail = z.looseObject({ active: z.number() });
const mediaSummary = z.looseObject({
  contactCenter: z.unknown().optional(),
  enterprise: z.unknown().optional(),
});

/**
 * Whether a user is in a call, a callback or a video conversation; null where the summary does not say of calls how many
 * are active.
 */
export function isSpeaking(summary: Readonly<Record<string, unknown>> | null | undefined): boolean | null {
  const [calls = [], ...others] = SPOKEN.map((medium) => activeIn(summary?.[medium]));
  if ([calls, ...others].flat().some((count) => count > 0)) return true;
  return calls.length === 0 ? null : false;
}

function activeIn(media: unknown): readonly number[] {
  const parsed = mediaSummary.safeParse(media);
  if (!parsed.success) return [];
  return [parsed.data.contactCenter, parsed.data.enterprise].flatMap((part) => {
    const told = detail.safeParse(part);
    return told.success ? [told.data.active] : [];
  });
}
