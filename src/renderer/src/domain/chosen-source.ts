import type { NamedSource } from '../../../shared/choice.ts';
import type { ListPreview } from '../../../shared/list.ts';
import type { SavedPlan, TargetSource } from '../../../shared/plan.ts';

/** A source as the window knows it: what main keeps for it is shown, not only named. */
export type ChosenSource =
  | {
      readonly kind: 'list';
      readonly preview: ListPreview;
      readonly column: number | null;
      /** Columns that come along into the review and the report. */
      readonly details?: readonly number[];
    }
  | { readonly kind: 'plan'; readonly preview: SavedPlan }
  | Exclude<TargetSource, { kind: 'list' | 'plan' }>;

export type SourceKind = ChosenSource['kind'];

/** The source as the sentence about the choice names it. */
export const namedSource = (source: ChosenSource): NamedSource =>
  source.kind === 'list' || source.kind === 'plan'
    ? { kind: source.kind, name: source.preview.name }
    : source;
