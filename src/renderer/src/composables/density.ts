import { readonly, shallowRef, type Ref } from 'vue';
import type { Density } from '../../../shared/app.ts';

const density = shallowRef<Density>('normal');

/** How much room text and rows take: the person's setting. */
export const useDensity = (): Readonly<Ref<Density>> => readonly(density);

/** From now on; text follows by the style sheet, which looks at the same attribute. */
export function setDensity(value: Density): void {
  density.value = value;
  document.documentElement.dataset['density'] = value;
}
