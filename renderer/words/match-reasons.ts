import type { MatchReasonCode } from '#renderer/vault/cases/match-person.ts';
import { type LinkKind, linkKinds } from '#shared/domain/links/referral-linked.ts';
import type { Notice } from '#shared/kernel/refusal.ts';
import { type Catalogue, wordsOf } from './catalogue.ts';

const catalogue: Catalogue<MatchReasonCode | 'linked'> = {
  linked: ({ kind }) => `Linked as a ${linkKinds[kind as LinkKind].label.toLowerCase()}`,
  'same-name': ({ name }) => `Same name ${name}`,
  'name-like': ({ name, asked }) => `Name is like '${name}' (${asked})`,
  'same-collar-number': ({ number, otherName }) =>
    `Same collar number ${number}${otherName ? `, under another name (${otherName})` : ''}`,
  'same-station': 'Same station',
  'same-station-and-rank': ({ unnamed }) => `Same station and rank${unnamed ? ', both unnamed' : ''}`,
  'same-vehicle': ({ plate }) => `Same vehicle ${plate}`,
  'same-part-of-plate': ({ part, sameMake }) =>
    `Same part of a registration ${part}${sameMake ? ' on the same kind of vehicle' : ''}`,
  'same-make': 'Same kind of vehicle',
  'same-phone': 'Same telephone number',
  'names-this-referral': 'Names this referral as an earlier one',
  'named-by-this-referral': 'Named by this referral as an earlier one',
  'both-name-earlier': ({ reference }) => `Both name ${reference} as an earlier one`,
  'same-place-and-date': 'Same place and date',
};

/** Why two referrals may concern the same subject or event. */
export const sayReason = ({ code, params }: Notice): string =>
  Object.hasOwn(catalogue, code) ? wordsOf(catalogue[code as MatchReasonCode], params) : 'Something in common';
