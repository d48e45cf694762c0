/** What keeps a disk from being written, by the system's own codes. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk quota is used up.',
  EROFS: 'The disk is read-only.',
  EACCES: 'There is no permission to write.',
  EPERM: 'There is no permission to write.',
  EIO: 'The disk failed.',
  ENOENT: "The run's folder was moved or removed.",
};

/** Why a journal could not be written, in a sentence that names no path. */
export function diskErrorMessage(error: unknown): string {
  if (!(error instanceof Error)) return 'The disk failed.';
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error.message : (REASONS[code] ?? `The disk failed (${code}).`);
}
