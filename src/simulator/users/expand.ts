import { badRequest } from '../http/answers.ts';
import type { ApiCall } from '../http/call.ts';
import { readList } from '../routes/paging.ts';

/** In these letters: the description tells them apart (the vendor's OpenAPI description, summer 2026). */
const OF_USERS =
  'routingStatus presence integrationPresence conversationSummary outOfOffice geolocation station authorization ' +
  'lasttokenissued authorization.unusedRoles team workPlanBidRanks externalContactsSettings groups customAttributes ' +
  'profileSkills certifications locations skills languages languagePreference employerInfo biography dateLastLogin ' +
  'dateWelcomeSent';
const OF_ME =
  'date geolocationsettings organization presencedefinitions divisionedpresencedefinitions locationdefinitions ' +
  'orgauthorization orgproducts favorites superiors directreports adjacents routingskills routinglanguages ' +
  'fieldconfigs token trustors logCapture autoanswersettings';

const USERS = new Set(OF_USERS.split(' '));
const ME = new Set([...USERS, ...OF_ME.split(' ')]);

/** @throws {ApiFailure} 400 `invalid.query.param.value` for one that there is not, unless the switch passes it over. */
export const checkExpand = (
  { world }: Pick<ApiCall, 'world'>,
  expand: readonly string[],
  of: 'users' | 'me',
): readonly string[] => {
  const known = of === 'me' ? ME : USERS;
  const unknown = expand.find((name) => !known.has(name));
  if (unknown !== undefined && world.settings.unknownExpand === 'refuse')
    throw badRequest(`expand cannot be "${unknown}".`, 'invalid.query.param.value');
  return expand;
};

/** @returns what the query asks to expand, checked. */
export const readExpand = (call: ApiCall, of: 'users' | 'me' = 'users'): readonly string[] =>
  checkExpand(call, readList(call, 'expand'), of);
