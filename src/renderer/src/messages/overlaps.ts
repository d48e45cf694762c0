import { joined } from '../../../shared/choice.ts';
import type { RepeatedGroup, SharedMembers } from '../../../shared/timeout-groups.ts';
import type { TimeoutGroupBundle } from '../../../shared/timeout.ts';
import { counted, formatDuration } from './format.ts';

/** Each overlap as a sentence that names the bundle that wins. */
export function overlapSentences(
  bundles: readonly TimeoutGroupBundle[],
  repeated: readonly RepeatedGroup[],
  shared: readonly SharedMembers[],
  nameOf: (groupId: string) => string,
): readonly string[] {
  const timeOf = (priority: number): string => {
    const bundle = bundles.find((rule) => rule.priority === priority);
    return bundle ? formatDuration(bundle.timeoutSeconds) : '';
  };
  return [
    ...repeated.map(
      ({ groupId, wins, loses }) =>
        `${nameOf(groupId)} is in priority ${joined([wins, ...loses].map(String))}. Priority ${wins} wins: ${timeOf(wins)}.`,
    ),
    ...shared.map(
      ({ wins, loses, people }) =>
        `${counted(people, 'person is', 'people are')} in priority ${wins} and ${loses}. Priority ${wins} wins: ${timeOf(wins)}.`,
    ),
  ];
}
