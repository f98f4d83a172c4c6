import { type Action, type Policy, type Role, roles, rolesThatMay } from '#shared/domain/policy/policy.ts';
import type { Params } from '#shared/kernel/refusal.ts';

const article = (word: string): string => (/^[aeiou]/.test(word) ? 'an' : 'a');

/** "an analyst or a supervisor". */
const anyOf = (ids: readonly Role[]): string =>
  ids
    .map((id) => roles[id].label.toLowerCase())
    .map((label) => `${article(label)} ${label}`)
    .join(' or ');

/** Those who may, for refusals that say who could do it. */
export const whoMay = (action: Action, policy: Policy): string => anyOf(rolesThatMay(action, policy));

/** The same, of a refusal that names the roles. */
export const whoIn = ({ roles: ids }: Params): string => anyOf((Array.isArray(ids) ? ids : []) as readonly Role[]);

export const actionWords: Readonly<Record<Action, string>> = {
  takeCase: 'take a case',
  assess: 'assess a case',
  findMalicious: 'find a referral malicious',
  releaseOthers: 'release a case that another member has',
  addReader: 'give a case to one more member',
  admitMember: 'admit members',
  restrictCase: 'restrict who reads a case',
  disposeOfCase: 'dispose of a case',
  speakForUnit: 'speak for the unit to others',
  changePolicy: 'change the unit’s policy',
};
