import { FileText, UserRoundX } from '@lucide/vue';
import { computed, watch, type ComputedRef, type Ref } from 'vue';
import { usePeopleSearch } from '../composables/use-people-search.ts';
import { useCurrentRunStore } from '../stores/current-run.ts';
import { useNavigationStore } from '../stores/navigation.ts';
import { useRevokeStore } from '../stores/revoke.ts';
import { useSessionStore } from '../stores/session.ts';
import { looksLikeUser } from '../domain/identifiers.ts';
import { personFacts } from '../messages/people.ts';
import type { Command } from './palette.ts';

/** People offered; typing more of the name finds the others. */
const MOST = 6;
/** Shorter words are commands far more often than people. */
const AT_LEAST = 3;

/** People by what stands in the palette: each leads straight to the review of their tokens. */
export function usePeopleCommands(query: Readonly<Ref<string>>): ComputedRef<readonly Command[]> {
  const session = useSessionStore();
  const navigation = useNavigationStore();
  const revoke = useRevokeStore();
  const run = useCurrentRunStore();
  const { answer, typed } = usePeopleSearch();

  const mayAsk = (): boolean => session.signedIn && !run.active;
  watch(query, (text) => {
    const word = text.trim();
    typed(mayAsk() && word.length >= AT_LEAST ? word : '');
  });

  return computed(() => {
    if (answer.value.kind !== 'found' || !mayAsk()) return [];
    const word = query.value.trim();
    const people = answer.value.people.slice(0, MOST).map((person): Command => ({
      id: `person-${person.id}`,
      title: `Revoke the tokens of ${person.name}…`,
      group: personFacts(person)[0] ?? 'Person',
      icon: UserRoundX,
      run: () => {
        navigation.show('revoke');
        void revoke.reviewPerson(person);
      },
    }));
    if (people.length > 0 || !looksLikeUser(word)) return people;
    return [
      {
        id: 'person-unknown',
        title: `Look up “${word}” to revoke…`,
        group: 'Person',
        icon: FileText,
        run: () => {
          navigation.show('revoke');
          void revoke.reviewText(word);
        },
      },
    ];
  });
}
