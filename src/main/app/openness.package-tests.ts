// In the place of openness.ts in the package that tests drive (electron.vite.config.ts).
import type * as openness from './openness.ts';

export const isOpenToTests: typeof openness.isOpenToTests = () => true;
