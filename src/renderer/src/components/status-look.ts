import type { Component } from 'vue';

/** `demo` is loud on purpose and only for the demo organization. */
export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger' | 'demo';

/** How a badge looks: an icon of its own for each thing that it says; the tone only repeats what icon and word say. */
export interface Look {
  readonly icon: Component;
  readonly tone: Tone;
}
