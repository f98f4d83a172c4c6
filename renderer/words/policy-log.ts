import type { PolicyLine } from '#shared/domain/case/policy-log.ts';
import type { ConsideredOption, DispositionChoice } from '#shared/domain/disposition/disposition-schemas.ts';
import { dispositions } from '#shared/domain/disposition/dispositions.ts';
import { iopcModes, iopcReferralKinds } from '#shared/domain/iopc/iopc.ts';
import { mandatoryCriteria } from '#shared/domain/iopc/mandatory-criteria.ts';
import { gradeCode } from '#shared/domain/items/grading.ts';
import { jurisdictions } from '#shared/domain/jurisdiction/jurisdictions.ts';
import { type Capacity, isProvisional } from '#shared/domain/misconduct/capacity.ts';
import { matterTypes } from '#shared/domain/misconduct/matter-types.ts';
import { proceedings, severityLevels } from '#shared/domain/misconduct/severity.ts';
import { subjectRanks } from '#shared/domain/misconduct/subject-ranks.ts';
import { regimeOf, suspensionOutcomes, suspensionRegimes } from '#shared/domain/misconduct/suspension.ts';
import { priorities } from '#shared/domain/priority/priorities.ts';
import { readThrough, readThroughIds } from '#shared/domain/sanitising/read-through.ts';

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
  mandatoryTest: 'IOPC',
  oversight: 'Oversight body',
  iopcTime: 'IOPC',
  iopcReferral: 'IOPC',
  iopcAnswer: 'IOPC',
  matter: 'Matter type',
  severity: 'Severity',
  suspension: 'Suspension',
  notification: 'Notification',
  grade: 'Grading',
  priority: 'Priority',
  sanitised: 'Sanitising',
  disposition: 'Disposition',
  transferAnswer: 'Disposition',
};

/** A calendar day as Britain writes it: 21/11/2026. */
const written = (day: string | null): string => (day ?? '').split('-').reverse().join('/');

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

function detailOf(chosen: DispositionChoice): string {
  switch (chosen.kind) {
    case 'safeguard':
      return chosen.ended ? ' (ended)' : '';
    case 'record':
      return `, review on ${written(chosen.reviewOn)}`;
    case 'complaints':
      return `: ${chosen.department}`;
    case 'localPolicingBody':
      return `: ${chosen.body}`;
    case 'otherForce':
      return `: ${chosen.force}`;
    case 'otherAgency':
      return `: ${chosen.agency}`;
    default:
      return '';
  }
}

const sentences: { readonly [Each in Kind]: (decided: Decided<Each>) => PolicyWords } = {
  mandatoryTest: ({ criteria, becameClearAt, rationale }) => ({
    decision:
      criteria.length === 0
        ? 'No mandatory criterion is met.'
        : `Must be referred to the IOPC: ${criteria.map((id) => mandatoryCriteria[id].label).join('; ')}. Clear at ${becameClearAt}.`,
    rationale,
  }),
  iopcTime: ({ becameClearAt, why }) => ({
    decision: becameClearAt
      ? `The duty of this force to refer runs from ${becameClearAt}, in place of the sender’s time.`
      : 'The sender’s time does not count here: this force’s own tests alone do.',
    rationale: why,
  }),
  oversight: ({ jurisdiction, reference, sentAt, why }) => {
    const { label, body } = jurisdictions[jurisdiction];
    const sent = `Referred to ${body} at ${sentAt}${reference ? `, reference ${reference}` : ''}.`;
    return { decision: `Law of ${label}. ${sentAt ? sent : `Not referred to ${body}.`}`, rationale: why };
  },
  iopcReferral: ({ kind, sentAt, what, why, lateReason }) => ({
    decision:
      kind === 'calledIn'
        ? `Called in by the IOPC, whose notice came at ${sentAt}: ${what}`
        : `${iopcReferralKinds[kind].label} sent at ${sentAt}: ${what}`,
    rationale: [why, lateReason && `Late: ${lateReason}`].filter(Boolean).join(' '),
  }),
  iopcAnswer: ({ answeredAt, mode, reference, note }) => ({
    decision: `The IOPC answered at ${answeredAt}: ${iopcModes[mode].label}${reference ? `, reference ${reference}` : ''}.`,
    rationale: note ?? '',
  }),
  matter: ({ type, why, ...said }) => ({
    decision: `${provisionally(said)}${matterTypes[type].label}. Subject: ${subjectRanks[said.subjectRank].label.toLowerCase()}.${decidedBy(said)}`,
    rationale: why,
  }),
  severity: ({ level, proceedings: likely, why, ...said }) => ({
    decision: `${provisionally(said)}If proved: ${severityLevels[level].label}${likely ? `, ${proceedings[likely].label}` : ''}.${decidedBy(said)}`,
    rationale: why,
  }),
  suspension: ({ putAt, putTo, why, decision, ...put }) => {
    const regime = regimeOf(put);
    const asked = `Suspension put to ${putTo} at ${putAt}${regime ? `, under ${suspensionRegimes[regime].label.toLowerCase()}` : ''}.`;
    if (!decision) return { decision: asked, rationale: why };
    const { outcome, decidedAt, decidedBy: who, reviewOn } = decision;
    const review = reviewOn ? ` Review on ${written(reviewOn)}.` : '';
    return {
      decision: `${asked} Decided by ${who} at ${decidedAt}: ${suspensionOutcomes[outcome].label.toLowerCase()}.${review}`,
      rationale: `${why} The authority: ${decision.why}`,
    };
  },
  notification: ({ doNotNotify, reviewOn, why }) => ({
    decision: doNotNotify
      ? `The subject is not notified. Review on ${written(reviewOn)}.`
      : 'The subject may be notified.',
    rationale: why,
  }),
  grade: ({ number, ...grade }) => ({
    decision: `Item ${number} graded ${gradeCode(grade)}.`,
    rationale: grade.why ?? '',
  }),
  priority: ({ priority, why }) => ({
    decision: priority ? `Priority set to ${priorities[priority].label}.` : 'Priority follows the answers again.',
    rationale: why,
  }),
  sanitised: ({ number, marks, answers }) => {
    const kept = marks.filter(({ treatment }) => treatment === 'dismissed').length;
    return {
      decision: `Sanitised text of ${number ? `item ${number}` : 'the referral'} recorded. Marks of the check: ${marks.length - kept} replaced, ${kept} kept with a reason.`,
      rationale: readThroughIds.map((id) => `${readThrough[id].label} ${answers[id]}`).join('\n'),
    };
  },
  disposition: ({ chosen, options, rationale }) => ({
    decision: `${dispositions[chosen.kind].label}${detailOf(chosen)}.`,
    options,
    rationale,
  }),
  transferAnswer: ({ answer, why }) => ({
    decision: answer === 'acknowledged' ? 'The other force acknowledged it.' : 'The other force sent it back.',
    rationale: why ?? '',
  }),
};

export const sayDecision = ({ kind, decided }: PolicyLine): PolicyWords =>
  (sentences[kind] as (decided: unknown) => PolicyWords)(decided);
