// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { guard } from './guard.mjs';

/** @param {Buffer} png */
export const imageOf = (png) =>
  guard('nativeImage', {
    isEmpty: () => png.length === 0,
    toPNG: () => png,
    toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
  });

export const nativeImage = guard('nativeImage', {
  createEmpty: () => imageOf(Buffer.alloc(0)),
  /** As in Electron, a missing file gives an empty image. @param {string} file */
  createFromPath: (file) => imageOf(existsSync(file) ? readFileSync(file) : Buffer.alloc(0)),
});
