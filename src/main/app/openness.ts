import { app } from 'electron';

/**
 * Whether a test or a developer may drive this program, and lead it to a server on this computer. A packaged one never
 * lets them, but for the package that tests are run against (openness.package-tests.ts), which nobody is given.
 */
export const isOpenToTests = (): boolean => !app.isPackaged;
