/** The executable; null where it is not installed. */
export function node24(): string | null;
/** Installs it where it is missing; false where that failed. */
export function installNode24(): Promise<boolean>;
