import { computed, ref, shallowRef } from 'vue';
import type { ListPreview } from '../../../../shared/list.ts';
import type { AppError, Result } from '../../../../shared/result.ts';
import { call, on } from '../../bridge.ts';
import { useAnswer } from '../../composables/use-call.ts';
import type { DroppedFile } from '../../composables/dropped-file.ts';
import type { ChosenSource } from '../../domain/chosen-source.ts';
import type { Chosen } from '../../domain/choice.ts';

/** The column that the list's reader found; none where the whole list names nobody, which nothing is looked up for. */
const columnToUse = ({ columns, identifierColumn }: ListPreview): number | null =>
  columns.some(({ ids, emails }) => ids + emails > 0) ? identifierColumn : null;

const asSource = (preview: ListPreview): ChosenSource => ({
  kind: 'list',
  preview,
  column: columnToUse(preview),
});

const refusalOf = (file: Exclude<DroppedFile, { kind: 'read' }>): AppError =>
  file.kind === 'too-large'
    ? { code: 'file-too-large', message: `${file.name} is larger than 20 MB.` }
    : { code: 'file-unreadable', message: `${file.name}: ${file.message}` };

/** Lists and saved plans that are being read, from wherever they come; what was read becomes a source. */
export function useListReading(sources: {
  readonly add: (source: ChosenSource, role: Chosen['role']) => void;
  readonly change: (key: number, to: { readonly source: ChosenSource }) => void;
}) {
  const pasted = ref('');
  /** How far the reading of a list is, 0 to 1; null while it is quick, or over. */
  const readingShare = ref<number | null>(null);
  const { busy: reading, error, take: answered, reset } = useAnswer();
  /** A file that main never got. */
  const refused = shallowRef<AppError | null>(null);
  const listError = computed(() => refused.value ?? (error.value?.code === 'cancelled' ? null : error.value));

  on('list.progress', ({ share }) => {
    readingShare.value = share;
  });

  /** A new reading takes the place of the one before. */
  function newest<T>(answer: Promise<Result<T>>): Promise<T | null> {
    refused.value = null;
    return answered(answer);
  }

  /** @param role what the users of the list are for. */
  async function take(
    answer: Promise<Result<ListPreview | null>>,
    role: Chosen['role'] = 'include',
  ): Promise<void> {
    const preview = await newest(answer);
    if (!preview) return;
    pasted.value = '';
    sources.add(asSource(preview), role);
  }

  const readList = (text: string, role: Chosen['role'] = 'include') =>
    take(call('list.fromText', { text }), role);

  /** A file that was dropped, wherever in the window. */
  async function takeFile(file: DroppedFile): Promise<void> {
    if (file.kind !== 'read') refused.value = refusalOf(file);
    else await take(call('list.fromFile', { name: file.name, bytes: file.bytes }));
  }

  /** Another sheet of a list's workbook takes its place. */
  async function readSheet({ key, source }: Chosen, sheet: number): Promise<void> {
    if (source.kind !== 'list') return;
    const preview = await newest(call('list.fromSheet', { listId: source.preview.listId, sheet }));
    if (preview) sources.change(key, { source: asSource(preview) });
  }

  async function openPlan(): Promise<void> {
    const preview = await newest(call('plan.open', null));
    if (preview) sources.add({ kind: 'plan', preview }, 'include');
  }

  function resetReading(): void {
    reset();
    refused.value = null;
    pasted.value = '';
  }

  return {
    pasted,
    reading,
    readingShare,
    listError,
    take,
    readList,
    takeFile,
    readSheet,
    openPlan,
    tryDemoList: () => take(call('list.demo', null)),
    readText: () => readList(pasted.value),
    openFile: () => take(call('list.fromDialog', null)),
    cancelReading: () => call('list.cancelReading', null),
    resetReading,
  };
}
