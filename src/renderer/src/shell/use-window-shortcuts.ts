import { onScopeDispose } from 'vue';
import { on } from '../bridge.ts';
import { dialogIsOpen, useShortcut } from '../composables/use-shortcut.ts';
import { useNavigationStore, VIEWS } from '../stores/navigation.ts';

/** The chords that work everywhere, and the same commands from the native menu. */
export function useWindowShortcuts(): void {
  const navigation = useNavigationStore();
  for (const view of VIEWS) {
    useShortcut({ key: view.keys[1] ?? '', mod: true }, () => navigation.show(view.name));
  }
  const showPalette = (): void => {
    navigation.paletteOpen = true;
  };
  const showHelp = (): void => {
    navigation.helpOpen = true;
  };
  useShortcut({ key: 'k', mod: true }, showPalette);
  useShortcut({ key: '?' }, showHelp);

  onScopeDispose(
    on('menu.command', (command) => {
      // The menu's accelerators work over dialogs too, which must be answered first.
      if (dialogIsOpen()) return;
      if (command.kind === 'show-view') navigation.show(command.view);
      else if (command.kind === 'palette') navigation.paletteOpen = true;
      else showHelp();
    }),
  );
}
