import type { FoundPerson } from '../../../shared/directory.ts';
import { formatDateTime } from './format.ts';
import { USER_STATE_LABELS } from './run.ts';

/** When the newest token was issued, e.g. "last token 26 Nov 2026, 14:05". */
const lastTokenText = ({ lastTokenIssued }: Pick<FoundPerson, 'lastTokenIssued'>): string =>
  lastTokenIssued === null ? 'no token known' : `last token ${formatDateTime(lastTokenIssued)}`;

/** What tells namesakes apart, the most telling first; what is not known is left out. */
export const personFacts = (person: FoundPerson): readonly string[] =>
  [
    person.email,
    [person.title, person.department, person.division].filter(Boolean).join(' · ') || null,
    [person.state === 'active' ? null : USER_STATE_LABELS[person.state], lastTokenText(person)]
      .filter(Boolean)
      .join(', '),
  ].filter((fact) => fact !== null);
