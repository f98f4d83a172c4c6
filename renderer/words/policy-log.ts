import type { PolicyLine } from '#shared/domain/case/policy-log.ts';
import { intelligenceCategories } from '#shared/domain/classification/intelligence-categories.ts';
import { standards } from '#shared/domain/classification/standards.ts';
import type { ConsideredOption } from '#shared/domain/disposition/disposition-schemas.ts';
import { ndmStageIds, ndmStages } from '#shared/domain/harm/ndm.ts';
import { type ThriveElement, thrive, thriveElementIds } from '#shared/domain/harm/thrive.ts';
import { iopcModes, iopcReferralKinds } from '#shared/domain/iopc/iopc.ts';
import { mandatoryCriteria } from '#shared/domain/iopc/mandatory-criteria.ts';
import { gradeCode } from '#shared/domain/items/grading.ts';
import { jurisdictions } from '#shared/domain/jurisdiction/jurisdictions.ts';
import { linkKinds } from '#shared/domain/links/referral-linked.ts';
import { type Capacity, isProvisional } from '#shared/domain/misconduct/capacity.ts';
import { matterTypes } from '#shared/domain/misconduct/matter-types.ts';
import { proceedings, severityLevels } from '#shared/domain/misconduct/severity.ts';
import { subjectRanks } from '#shared/domain/misconduct/subject-ranks.ts';
import { regimeOf, suspensionOutcomes, suspensionRegimes } from '#shared/domain/misconduct/suspension.ts';
import { priorities } from '#shared/domain/priority/priorities.ts';
import { referenceKinds } from '#shared/domain/references/reference-kinds.ts';
import { riskActions, riskLevels } from '#shared/domain/risk/rara.ts';
import { exposureKinds } from '#shared/domain/sanitising/exposure-kinds.ts';
import { readThrough, readThroughIds } from '#shared/domain/sanitising/read-through.ts';
import type { UnitNames } from '#shared/domain/unit/unit-record.ts';
import { sayDisposition } from './dispositions.ts';
import { riskAnswers } from './risk.ts';
import { writtenDay } from './written-day.ts';

/* The policy log in sentences. Instants stay as signed: whoever shows them sets the zone. */

type Kind = PolicyLine['kind'];
type Decided<Each extends Kind> = Extract<PolicyLine, { kind: Each }>['decided'];

export interface PolicyWords {
  /** What was decided, in one sentence. */
  readonly decision: string;
  readonly rationale: string;
  readonly options?: readonly ConsideredOption[];
}

/** What a line is about. */
export const policySubjects: Readonly<Record<Kind, string>> = {
  'risk.assessed': 'Risk',
  'mandatoryReferral.assessed': 'IOPC',
  'oversight.recorded': 'Oversight body',
  'iopcTime.set': 'IOPC',
  'iopc.referred': 'IOPC',
  'iopc.answered': 'IOPC',
  'matter.classified': 'Matter type',
  'severity.assessed': 'Severity',
  'suspension.put': 'Suspension',
  'notification.set': 'Notification',
  'item.graded': 'Grading',
  'item.withdrawn': 'Items',
  'categories.recorded': 'Categories',
  'standards.recorded': 'Standards',
  'harm.assessed': 'Threat, harm and risk',
  'priority.overridden': 'Priority',
  'disposition.recorded': 'Disposition',
  'transfer.answered': 'Disposition',
  'sanitised.recorded': 'Sanitising',
  'referral.linked': 'Earlier referrals',
  'referral.unlinked': 'Earlier referrals',
  'match.rejected': 'Earlier referrals',
  'match.restored': 'Earlier referrals',
  'case.continued': 'Readers',
  'reader.added': 'Readers',
  'reference.recorded': 'References',
  'reference.withdrawn': 'References',
  'referral.joined': 'Joining',
  'case.joinedInto': 'Joining',
};

interface InCapacity {
  readonly capacity: Capacity;
  readonly authority: string | null;
}

/** Before anything else: a view to work by is never read as a decision. */
export const provisionally = ({ capacity }: Pick<InCapacity, 'capacity'>): string =>
  isProvisional({ capacity }) ? 'Provisional: ' : '';

export function decidedBy({ capacity, authority }: InCapacity): string {
  if (capacity === 'investigator') return ` By the investigator, appointed by ${authority}.`;
  if (!authority) return '';
  return capacity === 'provisional' ? ` Said to be decided by ${authority}.` : ` Decided by ${authority}.`;
}

/** Each person by one sentence; what exactly is done stands among the reasons. */
function sayRisk({ atRiskNow, people, rationale }: Decided<'risk.assessed'>): PolicyWords {
  const persons = people.map(
    ({ who, risk, level, action }) =>
      ` ${who}: ${riskLevels[level].label.toLowerCase()} (${risk}). ${riskActions[action].label}.`,
  );
  const done = people.map(({ who, note }) => `${who}: ${note}`);
  return { decision: [`${riskAnswers[atRiskNow]}.`, ...persons].join(''), rationale: [rationale, ...done].join('\n') };
}

const answersOf = (id: ThriveElement): Readonly<Record<string, string>> => thrive[id].answers;

/** The six answers; notes on them and on the stages of the decision model stand among the reasons. */
function sayHarm({ thrive: given, ndm, rationale }: Decided<'harm.assessed'>): PolicyWords {
  const answers = thriveElementIds.map((each) => `${thrive[each].label}: ${answersOf(each)[given[each].answer]}`);
  const notes = thriveElementIds.map((each) => given[each].note && `${thrive[each].label}: ${given[each].note}`);
  const stages = ndmStageIds.map((each) => ndm[each] && `${ndmStages[each].label}: ${ndm[each]}`);
  return {
    decision: `${answers.join('; ')}.`,
    rationale: [rationale, ...notes, ...stages].filter(Boolean).join('\n'),
  };
}

/** The text itself is not repeated: it stands in its step, and what leaves a case is that alone. */
function saySanitised({ number, marks, answers }: Decided<'sanitised.recorded'>): PolicyWords {
  const kept = marks.filter(({ treatment }) => treatment === 'dismissed');
  const left = kept.length === 1 ? 'One mark of the check stays.' : `${kept.length} marks of the check stay.`;
  return {
    decision: `Sanitised text of ${number === null ? 'the referral' : `item ${number}`} recorded.${kept.length > 0 ? ` ${left}` : ''}`,
    rationale: [
      ...kept.map(({ kind, why }) => `${exposureKinds[kind].label}: ${why ?? ''}`),
      ...readThroughIds.map((id) => `${readThrough[id].label} ${answers[id]}`),
    ].join('\n'),
  };
}

type Names = UnitNames['members'];

const sentences: { readonly [Each in Kind]: (decided: Decided<Each>, names: Names) => PolicyWords } = {
  'risk.assessed': sayRisk,
  'harm.assessed': sayHarm,
  'sanitised.recorded': saySanitised,
  'item.withdrawn': ({ number, why }) => ({ decision: `Item ${number} withdrawn.`, rationale: why }),
  'categories.recorded': ({ categories, primary, why }) => {
    const others = categories.filter((each) => each !== primary).map((each) => intelligenceCategories[each].label);
    const also = others.length > 0 ? `; also ${others.join('; ')}` : '';
    return { decision: `Category: ${intelligenceCategories[primary].label}${also}.`, rationale: why ?? '' };
  },
  'standards.recorded': ({ standards: breached, why }) => ({
    decision:
      breached.length === 0
        ? 'No standard of professional behaviour would be breached.'
        : `Would breach: ${breached.map((each) => standards[each].label).join('; ')}.`,
    rationale: why ?? '',
  }),
  'referral.linked': ({ kind, reference, why }) => ({
    decision: `${linkKinds[kind].label} of ${reference}.`,
    rationale: why,
  }),
  'referral.unlinked': ({ reference, why }) => ({ decision: `Link to ${reference} withdrawn.`, rationale: why }),
  'match.rejected': ({ reference, why }) => ({ decision: `Not a match: ${reference}.`, rationale: why }),
  'match.restored': ({ reference, why }) => ({
    decision: `${reference} is a possible match again.`,
    rationale: why,
  }),
  'case.continued': ({ why }) => ({ decision: 'Handed to other readers.', rationale: why ?? '' }),
  'reader.added': ({ reader, why }, names) => ({
    decision: `${names[reader] ?? 'One more member'} may read the case.`,
    rationale: why,
  }),
  'reference.recorded': ({ kind, text }) => ({ decision: `${referenceKinds[kind].label}: ${text}.`, rationale: '' }),
  'reference.withdrawn': ({ kind, text, why }) => ({
    decision: `${referenceKinds[kind].label}: ${text} is not a reference of this case.`,
    rationale: why,
  }),
  'referral.joined': ({ reference, why }) => ({
    decision: `Referral ${reference} was joined to this case. Its text stands after that of this case.`,
    rationale: why,
  }),
  'case.joinedInto': ({ reference, why }) => ({
    decision: `This referral was joined to ${reference}, and is decided there.`,
    rationale: why,
  }),
  'mandatoryReferral.assessed': ({ criteria, becameClearAt, rationale }) => ({
    decision:
      criteria.length === 0
        ? 'No mandatory criterion is met.'
        : `Must be referred to the IOPC: ${criteria.map((id) => mandatoryCriteria[id].label).join('; ')}. Clear at ${becameClearAt}.`,
    rationale,
  }),
  'iopcTime.set': ({ becameClearAt, why }) => ({
    decision: becameClearAt
      ? `The duty of this force to refer runs from ${becameClearAt}, in place of the sender’s time.`
      : 'The sender’s time does not count here: this force’s own tests alone do.',
    rationale: why,
  }),
  'oversight.recorded': ({ jurisdiction, reference, sentAt, why }) => {
    const { label, body } = jurisdictions[jurisdiction];
    const sent = `Referred to ${body} at ${sentAt}${reference ? `, reference ${reference}` : ''}.`;
    return { decision: `Law of ${label}. ${sentAt ? sent : `Not referred to ${body}.`}`, rationale: why };
  },
  'iopc.referred': ({ kind, sentAt, what, why, lateReason }) => ({
    decision:
      kind === 'calledIn'
        ? `Called in by the IOPC, whose notice came at ${sentAt}: ${what}`
        : `${iopcReferralKinds[kind].label} sent at ${sentAt}: ${what}`,
    rationale: [why, lateReason && `Late: ${lateReason}`].filter(Boolean).join(' '),
  }),
  'iopc.answered': ({ answeredAt, mode, reference, note }) => ({
    decision: `The IOPC answered at ${answeredAt}: ${iopcModes[mode].label}${reference ? `, reference ${reference}` : ''}.`,
    rationale: note ?? '',
  }),
  'matter.classified': ({ type, why, ...said }) => ({
    decision: `${provisionally(said)}${matterTypes[type].label}. Subject: ${subjectRanks[said.subjectRank].label.toLowerCase()}.${decidedBy(said)}`,
    rationale: why,
  }),
  'severity.assessed': ({ level, proceedings: likely, why, ...said }) => ({
    decision: `${provisionally(said)}If proved: ${severityLevels[level].label}${likely ? `, ${proceedings[likely].label}` : ''}.${decidedBy(said)}`,
    rationale: why,
  }),
  'suspension.put': ({ putAt, putTo, why, decision, ...put }) => {
    const regime = regimeOf(put);
    const asked = `Suspension put to ${putTo} at ${putAt}${regime ? `, under ${suspensionRegimes[regime].label.toLowerCase()}` : ''}.`;
    if (!decision) return { decision: asked, rationale: why };
    const { outcome, decidedAt, decidedBy: who, reviewOn } = decision;
    const review = reviewOn ? ` Review on ${writtenDay(reviewOn)}.` : '';
    return {
      decision: `${asked} Decided by ${who} at ${decidedAt}: ${suspensionOutcomes[outcome].label.toLowerCase()}.${review}`,
      rationale: `${why} The authority: ${decision.why}`,
    };
  },
  'notification.set': ({ doNotNotify, reviewOn, why }) => ({
    decision: doNotNotify
      ? `The subject is not notified. Review on ${writtenDay(reviewOn)}.`
      : 'The subject may be notified.',
    rationale: why,
  }),
  'item.graded': ({ number, ...grade }) => ({
    decision: `Item ${number} graded ${gradeCode(grade)}.`,
    rationale: grade.why ?? '',
  }),
  'priority.overridden': ({ priority, why }) => ({
    decision: priority ? `Priority set to ${priorities[priority].label}.` : 'Priority follows the answers again.',
    rationale: why,
  }),
  'disposition.recorded': ({ chosen, options, rationale }) => ({
    decision: `${sayDisposition(chosen)}.`,
    options,
    rationale,
  }),
  'transfer.answered': ({ answer, why }) => ({
    decision: answer === 'acknowledged' ? 'The other force acknowledged it.' : 'The other force sent it back.',
    rationale: why ?? '',
  }),
};

/** @param names of members, whom a decision may name */
export const sayDecision = ({ kind, decided }: PolicyLine, names: Names = {}): PolicyWords =>
  (sentences[kind] as (decided: unknown, names: Names) => PolicyWords)(decided, names);
