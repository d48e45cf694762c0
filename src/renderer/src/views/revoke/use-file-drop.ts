import { ref } from 'vue';

/** As large as main accepts: nothing larger is even read here. */
const MOST_BYTES = 20 * 1024 * 1024;

export type DroppedFile =
  | { readonly kind: 'read'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly name: string }
  | { readonly kind: 'unreadable'; readonly name: string; readonly message: string };

/** Reads a file that was dropped, up to what main accepts. */
export async function readDroppedFile(file: File): Promise<DroppedFile> {
  const { name } = file;
  if (file.size > MOST_BYTES) return { kind: 'too-large', name };
  try {
    return { kind: 'read', name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch (error) {
    return { kind: 'unreadable', name, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Handlers for an area onto which one file can be dropped. `over` is true while a file is above it. */
export function useFileDrop(onFile: (file: DroppedFile) => void) {
  const over = ref(false);
  return {
    over,
    onDragOver: (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      over.value = true;
    },
    onDragLeave: (): void => {
      over.value = false;
    },
    onDrop: async (event: DragEvent): Promise<void> => {
      over.value = false;
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      onFile(await readDroppedFile(file));
    },
  };
}
