import { onScopeDispose } from 'vue';
import { on } from '../bridge.ts';
import { useShortcut } from '../composables/use-shortcut.ts';
import { useNavigationStore, VIEWS } from '../stores/navigation.ts';

/** The chords that work everywhere, and the same commands from the native menu. */
export function useWindowShortcuts(): void {
  const navigation = useNavigationStore();
  for (const view of VIEWS) {
    useShortcut({ key: view.keys[1] ?? '', mod: true }, () => navigation.show(view.name));
  }
  const togglePalette = (): void => {
    navigation.paletteOpen = !navigation.paletteOpen;
  };
  const showHelp = (): void => {
    navigation.helpOpen = true;
  };
  useShortcut({ key: 'k', mod: true }, togglePalette);
  useShortcut({ key: '?' }, showHelp);

  onScopeDispose(
    on('menu.command', (command) => {
      if (command.kind === 'show-view') navigation.show(command.view);
      else if (command.kind === 'palette') navigation.paletteOpen = true;
      else showHelp();
    }),
  );
}
