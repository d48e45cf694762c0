import { defineStore } from 'pinia';
import { computed, onScopeDispose, shallowRef, type Component } from 'vue';

/** What can be done in what is on the screen, for the palette. */
interface ViewCommand {
  readonly id: string;
  readonly title: string;
  /** Other words by which people look for it. */
  readonly also?: string;
  readonly icon: Component;
  readonly run: () => void;
}

type Source = () => readonly ViewCommand[];

export const useViewCommandsStore = defineStore('view-commands', () => {
  const sources = shallowRef<readonly Source[]>([]);
  const commands = computed(() => sources.value.flatMap((source) => source()));
  return {
    commands,
    add: (source: Source): void => {
      sources.value = [...sources.value, source];
    },
    remove: (source: Source): void => {
      sources.value = sources.value.filter((other) => other !== source);
    },
  };
});

/** While the component is on the screen the palette has these commands too. */
export function useViewCommands(source: Source): void {
  const store = useViewCommandsStore();
  store.add(source);
  onScopeDispose(() => store.remove(source));
}
