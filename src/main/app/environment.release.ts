// In the place of overrides.ts in a package (electron.vite.config.ts): there is nothing to change from outside, not even
// a name to look for.
import type * as overrides from './environment.ts';

export const hostOverride: typeof overrides.hostOverride = () => null;
export const devServerOverride: typeof overrides.devServerOverride = () => null;
export const signInLimitOverride: typeof overrides.signInLimitOverride = () => null;
export const keepOutSpeed: typeof overrides.keepOutSpeed = () => 1;
export const demoOverride: typeof overrides.demoOverride = () => ({});

({
  hostOverride,
  devServerOverride,
  signInLimitOverride,
  keepOutSpeed,
  demoOverride,
}) satisfies typeof overrides;
