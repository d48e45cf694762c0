import { ref, type Ref } from 'vue';
import { hasFiles, readDroppedFile } from '../composables/dropped-file.ts';
import { useListener } from '../composables/use-listener.ts';
import { dialogIsOpen } from '../composables/use-shortcut.ts';
import { useCurrentRunStore } from '../stores/current-run.ts';
import { useNavigationStore } from '../stores/navigation.ts';
import { useRevokeStore } from '../stores/revoke.ts';
import { useSessionStore } from '../stores/session.ts';
import { useToastStore } from '../stores/toasts.ts';
import { isList } from '../domain/identifiers.ts';

const EDITABLE = 'input, textarea, select, [contenteditable]';

/**
 * A file dropped, or several lines pasted, anywhere in the window become a list to choose by. What a field or a dialog
 * takes for itself is left to it: a leaked token above all. @returns whether a file is being dragged over the window.
 */
export function useListIntake(): Readonly<Ref<boolean>> {
  const session = useSessionStore();
  const navigation = useNavigationStore();
  const revoke = useRevokeStore();
  const run = useCurrentRunStore();
  const toasts = useToastStore();
  const over = ref(false);
  let depth = 0;

  /** Whether a list can be taken now; otherwise the person is told why not. */
  function isReady(): boolean {
    if (!session.signedIn) toasts.show('Sign in first: a list is looked up in an organization.', 'note');
    else if (run.active) toasts.show('A run is going on. Take the list up when it has ended.', 'note');
    else return true;
    return false;
  }
  function toChoice(): void {
    navigation.show('revoke');
    revoke.step = 'who';
  }

  useListener('dragenter', (event) => {
    if (!hasFiles(event) || dialogIsOpen()) return;
    depth += 1;
    over.value = true;
  });
  useListener('dragleave', (event) => {
    if (!hasFiles(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) over.value = false;
  });
  useListener('dragover', (event) => {
    // Otherwise the window would open the file, and be gone.
    if (!hasFiles(event)) return;
    event.preventDefault();
    // It came in over a dialog that has closed since.
    if (over.value || dialogIsOpen()) return;
    depth = 1;
    over.value = true;
  });
  useListener('drop', (event) => {
    depth = 0;
    over.value = false;
    const taken = event.defaultPrevented;
    if (!hasFiles(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (taken || !file || dialogIsOpen() || !isReady()) return;
    toChoice();
    void readDroppedFile(file).then((dropped) => revoke.takeFile(dropped));
  });

  useListener('paste', (event) => {
    if (event.defaultPrevented || dialogIsOpen()) return;
    if (event.target instanceof Element && event.target.closest(EDITABLE)) return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!isList(text) || !isReady()) return;
    event.preventDefault();
    toChoice();
    void revoke.readList(text);
  });

  return over;
}
