// Limits, groups and the idle timeout.
import { z } from 'zod';
import { DEFAULT_LIMIT_PER_MINUTE } from '../../src/main/genesys/pacing.ts';
import { TIMEOUT_MAX_SECONDS, TIMEOUT_MIN_SECONDS } from '../../src/shared/timeout.ts';
import { plainWord } from './caller.ts';
import { fieldsOf, finding, said } from './finding.ts';
import { listing, type Question } from './question.ts';

export const ORG_QUESTIONS: readonly Question[] = [
  async ({ call }) => {
    const answer = await call('GET', '/api/v2/organizations/limits/namespaces/platform.api');
    const limits = z
      .looseObject({ entities: z.array(z.looseObject({ key: z.string(), value: z.number().nullish() })) })
      .safeParse(answer.body);
    if (answer.status !== 200 || !limits.success)
      return finding('rate-limit', 'the org’s limits can be read', said(answer), false);
    const rates = limits.data.entities.filter(({ key }) => key.endsWith('rate.per.minute'));
    const token = rates.find(({ key }) => key === 'token.rate.per.minute')?.value ?? null;
    return finding(
      'rate-limit',
      `token.rate.per.minute is ${DEFAULT_LIMIT_PER_MINUTE}`,
      rates.map(({ key, value }) => `${plainWord(key)}=${value ?? '?'}`).join(' ') || 'no rates',
      token === null ? null : token === DEFAULT_LIMIT_PER_MINUTE,
    );
  },

  async ({ call }) => {
    const groups = listing.safeParse(
      (await call('GET', '/api/v2/groups', { query: { pageSize: 100 } })).body,
    ).data;
    const group = groups?.entities.find(({ memberCount }) => (memberCount ?? 0) > 0);
    if (!group)
      return finding('group-total', 'a group’s count is that of its listing', 'no group with members', null);
    const answer = await call('GET', `/api/v2/groups/${encodeURIComponent(group.id)}/members`, {
      query: { pageSize: 1 },
    });
    const total = listing.safeParse(answer.body).data?.total ?? null;
    return finding(
      'group-total',
      'a group’s count is that of its listing',
      `${group.memberCount ?? '?'} and ${total ?? said(answer)}`,
      total === null ? null : total === group.memberCount,
    );
  },

  async ({ call }) => {
    const answer = await call('GET', '/api/v2/tokens/timeout');
    const { data } = z.looseObject({ idleTokenTimeoutSeconds: z.number().nullish() }).safeParse(answer.body);
    const seconds = data?.idleTokenTimeoutSeconds ?? null;
    const known = [
      'enableIdleTokenTimeout',
      'idleTokenTimeoutSeconds',
      'inactivityTimeoutGroupBundles',
      'inactivityTimeoutGroupsEnabled',
      'inactivityTimeoutUnit',
    ];
    const unknown = fieldsOf(answer.body).filter((field) => !known.includes(field));
    return [
      finding('timeout-read', 'the idle timeout can be read', said(answer), answer.status === 200),
      finding(
        'timeout-fields',
        'it has no field that the app does not know',
        unknown.join(' ') || 'none',
        answer.status === 200 ? unknown.length === 0 : null,
      ),
      finding(
        'timeout-range',
        `it is ${TIMEOUT_MIN_SECONDS} to ${TIMEOUT_MAX_SECONDS} s`,
        seconds === null ? 'not said' : `${seconds} s`,
        seconds === null ? null : seconds >= TIMEOUT_MIN_SECONDS && seconds <= TIMEOUT_MAX_SECONDS,
      ),
    ];
  },
];
