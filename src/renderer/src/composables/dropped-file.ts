/** As large as main accepts: nothing larger is even read here. */
const MOST_BYTES = 20 * 1024 * 1024;

export type DroppedFile =
  | { readonly kind: 'read'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly name: string }
  | { readonly kind: 'unreadable'; readonly name: string; readonly message: string };

/** Whether files are dragged, and not a text or a part of the page. */
export const hasFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('Files') ?? false;

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
