import type {
  FoundToken,
  RegionAnswer,
  TokenPlace,
  TokenWholeness,
  TriageAnswer,
  TriageRevoked,
  KeptRecord,
} from '../../../shared/triage.ts';
import { grantName, regionDetail } from './connection.ts';
import { abilitiesOf, type Danger } from '../domain/permission-risk.ts';
import { tokenRefusal, type TokenRefusal } from '../domain/token-refusal.ts';
import { counted } from './format.ts';

/** What the record of a leaked token is called: by whose it is, where that is known. */
export const leakedTokenTitle = ({ who, masked }: Pick<KeptRecord, 'who' | 'masked'>): string =>
  who === null ? `Leaked token ${masked}` : `Leaked token of ${who}`;

/** What became of a leaked token, as far as is known here. */
export const recordState = ({
  revokedAt,
  perhapsRevokedAt = null,
  who,
}: Pick<KeptRecord, 'revokedAt' | 'perhapsRevokedAt' | 'who'>): string => {
  if (revokedAt !== null) return 'Revoked';
  if (perhapsRevokedAt !== null) return 'Perhaps revoked';
  return who === null ? 'Not accepted' : 'Not revoked from here';
};

export const DANGER_LABELS: Readonly<Record<Danger, string>> = {
  critical: 'Critical',
  high: 'High',
  moderate: 'Moderate',
};

export const PLACE_LABELS: Readonly<Record<TokenPlace, string>> = {
  alone: 'The text is the token',
  bearer: 'After “Bearer”, as in an Authorization header',
  field: 'In a field named as a token',
  address: 'In an address or an assignment',
  loose: 'Among the text; it looks like a token',
};

/** @param total how many the text has, of which that many are shown */
export const foundLabel = (shown: number, total: number): string => {
  if (total > shown) return `Found ${total}, of which the ${shown} surest are here: which one?`;
  return shown === 1 ? 'Found' : `Found ${shown}: which one?`;
};

export const WHOLENESS_MESSAGES: Readonly<Record<TokenWholeness, string>> = {
  whole: '',
  joined: 'It was broken over lines and put together.',
  'maybe-cut': 'It may be cut: the tokens of Genesys Cloud have 86 characters.',
};

export const ANSWER_LABELS: Readonly<Record<RegionAnswer['answer'], string>> = {
  accepted: 'Accepted',
  refused: 'Refused',
  'no-answer': 'No answer',
};

/** What it means that nobody accepted the token, in a title and a sentence or two. */
export function refusalMessage(
  refusal: TokenRefusal,
  wholeness: TokenWholeness,
): { readonly title: string; readonly text: string } {
  switch (refusal.kind) {
    case 'perhaps-not-whole':
      return {
        title: 'Not accepted, and perhaps not the whole token',
        text: `${WHOLENESS_MESSAGES[wholeness]} If it is not exactly as it was issued, the real one may still be valid: paste it in one piece.`,
      };
    case 'not-all-answered':
      return {
        title: 'Nobody accepted it, but not everybody answered',
        text: `${counted(refusal.silent, 'region')} gave no usable answer, so the token may still be valid there. Check the network and ask again.`,
      };
    case 'one-region':
      return {
        title: 'This region does not accept the token',
        text: 'It has ended there, or it belongs to another region: ask the others before you call it dead.',
      };
    case 'all-regions':
      return {
        title: 'No region accepts the token',
        text: 'It has expired, idled out or been revoked, or it is not whole, or its organization only accepts certain addresses.',
      };
  }
}

export interface RecordInput {
  readonly token: FoundToken;
  readonly answer: TriageAnswer;
  readonly revoked: TriageRevoked | null;
  /** ISO 8601, when its end was asked for and no clear answer came. */
  readonly perhapsRevokedAt: string | null;
  /** ISO 8601. */
  readonly writtenAt: string;
  readonly appVersion: string;
}

/** The record for the incident file: plain text, times in UTC, the token masked. */
export function triageRecord(input: RecordInput): string {
  const { token, answer, revoked, perhapsRevokedAt, writtenAt, appVersion } = input;
  const lines = [
    'Leaked access token of Genesys Cloud: what was found out and done',
    '',
    line('Written', writtenAt),
    line('With', `Tokendesk ${appVersion}`),
    line('Token', `${token.masked} (${counted(token.characters, 'character')})`),
    line('Found', PLACE_LABELS[token.place]),
    line('Asked', answer.at),
    ...(answer.kind === 'alive'
      ? aliveLines(answer)
      : [
          line(
            'Answer',
            refusalMessage(tokenRefusal(answer.answers, token.wholeness), token.wholeness).title,
          ),
        ]),
    ...answer.answers.map(({ host, answer: said, status }) =>
      line('  asked', `${host}: ${ANSWER_LABELS[said]}${status === null ? '' : ` (${status})`}`),
    ),
    '',
    ...revokedLines(revoked, perhapsRevokedAt),
  ];
  return `${lines.join('\n')}\n`;
}

function aliveLines({ details, region, host }: Extract<TriageAnswer, { kind: 'alive' }>): readonly string[] {
  const { user, organization, homeOrganization, client, authorizedScopes } = details;
  const { list, others, complete } = abilitiesOf(details);
  const away = homeOrganization && homeOrganization.id !== organization?.id;
  return [
    line('Answer', 'Valid when asked'),
    line('Region', `${regionDetail(region)}, ${host}`),
    line('Organization', organization ? `${organization.name} (${organization.id})` : 'not given'),
    ...(away ? [line('Home org', `${homeOrganization.name} (${homeOrganization.id})`)] : []),
    line(
      'User',
      user ? `${user.name}, ${user.email ?? 'no email'} (${user.id})` : 'none: client credentials',
    ),
    line('OAuth client', client ? `${client.name} (${client.id}), ${grantName(client.grant)}` : 'not given'),
    line('Scopes', authorizedScopes === null ? 'not told' : authorizedScopes.join(', ') || 'none given'),
    line('Idles out', details.idlesAt ?? 'not given'),
    '',
    complete ? 'What it could do:' : 'What it could do, as far as Genesys Cloud tells:',
    ...list.map(
      ({ danger, sentence, permissions }) =>
        `- ${DANGER_LABELS[danger]}: ${sentence} [${permissions.join(', ')}]`,
    ),
    ...(others > 0 ? [`- and ${counted(others, 'other permission')}`] : []),
    '',
  ];
}

function revokedLines(revoked: TriageRevoked | null, perhapsAt: string | null): readonly string[] {
  if (!revoked)
    return [
      line(
        'Revoked',
        perhapsAt === null
          ? 'not from here'
          : `not known: asked for at ${perhapsAt} (DELETE /api/v2/tokens/me), and no clear answer came`,
      ),
    ];
  const { verified } = revoked;
  const done = line('Revoked', `${revoked.at} (DELETE /api/v2/tokens/me)`);
  if (!verified) return [done, line('Verified', 'not yet: the check got no usable answer')];
  const id = verified.correlationId === null ? '' : `, correlation id ${verified.correlationId}`;
  return [
    done,
    line(
      'Verified',
      `${verified.at}: ${verified.valid ? 'STILL VALID' : 'no longer valid'} (status ${verified.status}${id})`,
    ),
  ];
}

const line = (name: string, value: string): string => `${`${name}:`.padEnd(15)}${value}`;
