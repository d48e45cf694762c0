import { onScopeDispose } from 'vue';
import { on } from '../bridge.ts';
import { dialogIsOpen, useShortcut } from '../composables/use-shortcut.ts';
import { useCurrentRunStore } from '../stores/current-run.ts';
import { useNavigationStore, VIEWS } from '../stores/navigation.ts';
import { useRunsStore } from '../stores/runs.ts';
import { useCommands } from './use-commands.ts';

/** The chords that work everywhere, and the same commands from the native menu. */
export function useWindowShortcuts(): void {
  const navigation = useNavigationStore();
  const current = useCurrentRunStore();
  const runs = useRunsStore();
  const commands = useCommands();
  for (const view of VIEWS) {
    useShortcut({ key: view.keys[1] ?? '', mod: true }, () => navigation.show(view.name));
  }
  const showPalette = (): void => {
    navigation.paletteOpen = true;
  };
  const showHelp = (): void => {
    navigation.helpOpen = true;
  };
  const showRun = (runId: string): void => {
    if (current.active && current.progress?.runId === runId) navigation.show('revoke');
    else {
      runs.openRunId = runId;
      navigation.show('runs');
    }
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
      else if (command.kind === 'command') commands.value.find(({ id }) => id === command.id)?.run();
      else showRun(command.runId);
    }),
  );
}
