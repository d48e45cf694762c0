import type { DirectoryNames } from '../../../../../shared/directory.ts';
import { errorMessage, errorText } from '../../../messages/errors.ts';
import { counted } from '../../../messages/format.ts';
import type { PeopleAnswer } from '../../../stores/directory-search.ts';
import { SHOWN_PEOPLE } from './box-options.ts';

/** Why something may be missing from what was found. */
export function boxProblems(
  mayFindPeople: boolean,
  answer: PeopleAnswer,
  names: DirectoryNames | null,
): readonly string[] {
  const all: string[] = [];
  if (!mayFindPeople)
    all.push(
      'Without the permission “Directory > User > View” people cannot be searched; groups, roles and lists work.',
    );
  if (answer.kind === 'failed' && answer.error.code !== 'cancelled')
    all.push(`People could not be searched: ${errorText(answer.error)}`);
  for (const [kind, { problem }] of Object.entries(names ?? {}))
    if (problem) all.push(`The ${kind}s could not be read: ${errorMessage(problem).title}.`);
  return all;
}

/** Without a total nobody knows whether there are others, once all places are taken. */
export function morePeople(answer: PeopleAnswer): string {
  if (answer.kind !== 'found') return '';
  const { people, total } = answer;
  if (total === null)
    return people.length > SHOWN_PEOPLE ? 'There may be more people. Type more of the name.' : '';
  const more = total - SHOWN_PEOPLE;
  return more > 0 ? `${counted(more, 'more person', 'more people')}. Type more of the name.` : '';
}
