import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { Settings } from '../../shared/app.ts';
import { openJsonFile } from '../files/json-file.ts';

/** Beyond 0.97 the smallest jitter on the way makes 429s (measured: docs/performance.md). */
export const RATE_SHARE_MAX = 0.97;

const fields = {
  theme: z.enum(['system', 'light', 'dark']),
  rateShare: z.number().min(0.1).max(RATE_SHARE_MAX),
  logLevel: z.enum(['error', 'warn', 'info', 'debug']),
  introductionSeen: z.boolean(),
  times: z.enum(['system', '24-hour', 'utc']),
  density: z.enum(['compact', 'normal', 'large']),
};

/** What the renderer may change: any of the fields, each in its range. */
export const settingsChange = z.strictObject({
  theme: fields.theme.exactOptional(),
  rateShare: fields.rateShare.exactOptional(),
  logLevel: fields.logLevel.exactOptional(),
  introductionSeen: fields.introductionSeen.exactOptional(),
  times: fields.times.exactOptional(),
  density: fields.density.exactOptional(),
});

/** Electron takes 32-bit integers and throws for others; no desktop is a hundred thousand pixels wide. */
const place = z.int().min(-100_000).max(100_000);
const size = z.int().min(1).max(100_000);
const bounds = z.object({ x: place, y: place, width: size, height: size });

const schema = z.object({
  ...fields,
  // Files of the first version have neither.
  times: fields.times.default('system'),
  density: fields.density.default('normal'),
  window: z.object({ bounds, maximized: z.boolean() }).nullable(),
  /** The connection to go back to at the next start. */
  lastConnectionId: z.string().max(200).nullable(),
  /** Where runs are kept; null is the app's own folder. */
  runsFolder: z
    .string()
    .max(4_096)
    .refine((path) => isAbsolute(path) && !path.includes('\0'))
    .nullable()
    .default(null),
  /** Proxies (`host:port`) whose password is in the keychain: so that it can be removed. */
  proxies: z.array(z.string().max(300)).max(20).default([]),
});

type SettingsFile = z.infer<typeof schema>;
export type WindowPlace = NonNullable<SettingsFile['window']>;

const DEFAULTS: SettingsFile = {
  theme: 'system',
  rateShare: RATE_SHARE_MAX,
  logLevel: 'info',
  introductionSeen: false,
  times: 'system',
  density: 'normal',
  window: null,
  lastConnectionId: null,
  runsFolder: null,
  proxies: [],
};

/** Each part by itself: one that cannot be read is as at the first start, and costs no other. */
function salvage(json: unknown): { readonly value: SettingsFile; readonly lost: readonly string[] } | null {
  const parts = z.record(z.string(), z.unknown()).safeParse(json);
  if (!parts.success) return null;
  const kept = Object.entries(schema.shape).flatMap(([name, part]) => {
    const read = part.safeParse(parts.data[name]);
    return read.success ? [[name, read.data] as const] : [];
  });
  const names = kept.map(([name]) => name);
  const lost = Object.keys(schema.shape).filter((name) => !names.includes(name));
  return { value: schema.parse({ ...DEFAULTS, ...Object.fromEntries(kept) }), lost };
}

/** The settings file: what the person chose, and where the window and the last connection were. */
export async function openSettings(path: string, now: () => number) {
  const { file, notice } = await openJsonFile({ path, schema, fallback: DEFAULTS, now, salvage });
  let removed = false;
  return {
    notice,
    get all(): SettingsFile {
      return file.value;
    },
    /** Only what the window may know. */
    get visible(): Settings {
      const { theme, rateShare, logLevel, introductionSeen, times, density } = file.value;
      return { theme, rateShare, logLevel, introductionSeen, times, density };
    },
    /** @throws AppFailure `file-not-writable` */
    async update(change: Partial<SettingsFile>): Promise<void> {
      if (!removed) await file.change((all) => ({ ...all, ...change }));
    },
    /** For what nobody asked for: on a full disk it is not remembered, and nobody is troubled with it. */
    remember(change: Partial<SettingsFile>): void {
      this.update(change).catch(() => undefined);
    },
    /** Resolves when everything that was changed is on the disk, or has failed. */
    settled: () => file.settled(),
    /** Deletes the file; what happens until the program ends is not remembered. Throws when it cannot be deleted. */
    async remove(): Promise<void> {
      removed = true;
      await file.remove().catch((error: unknown) => {
        removed = false;
        throw error;
      });
    },
  };
}

export type SettingsStore = Awaited<ReturnType<typeof openSettings>>;
