import { onScopeDispose } from 'vue';
import type { CommandId } from '../../../shared/commands.ts';
import { on } from '../bridge.ts';
import { dialogIsOpen, useShortcut } from '../composables/use-shortcut.ts';
import { useCurrentRunStore } from '../stores/current-run.ts';
import { useNavigationStore, VIEWS } from '../stores/navigation.ts';
import { showRun } from '../stores/show-run.ts';

/** The commands come with the palette, which the first paint can do without. */
async function runCommand(wanted: CommandId): Promise<void> {
  const { useCommands } = await import('./use-commands.ts');
  useCommands()
    .value.find(({ id }) => id === wanted)
    ?.run();
}

/** The chords that work everywhere, and the same commands from the native menu. */
export function useWindowShortcuts(): void {
  const navigation = useNavigationStore();
  const current = useCurrentRunStore();
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
      else if (command.kind === 'palette') showPalette();
      else if (command.kind === 'keyboard-help') showHelp();
      else if (command.kind === 'command') void runCommand(command.id);
      else if (current.active && current.progress?.runId === command.runId) navigation.show('revoke');
      else showRun(command.runId);
    }),
  );
}
