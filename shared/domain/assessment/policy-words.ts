import { decisionKinds } from '../case/decisions.ts';
import { priorities } from '../case/priority.ts';
import type { AssessmentData } from './assessment-events.ts';
import type { Disposition } from './assessment-state.ts';
import type { Outcome } from './disposition-schema.ts';
import { dispositions } from './tables/dispositions.ts';
import { iopcModes, iopcReferralKinds } from './tables/iopc.ts';
import { mandatoryCriteria } from './tables/mandatory-criteria.ts';
import { matterTypes } from './tables/matter-types.ts';
import { proceedings, severityLevels } from './tables/severity.ts';

/* One sentence for each kind of decision in the policy log. Instants stay as signed: whoever shows them sets the zone. */

/** A calendar day as Britain writes it: 21/11/2026. */
const written = (day: string | null): string => (day ?? '').split('-').reverse().join('/');

const by = (authority: string | null): string => (authority ? ` Decided by ${authority}.` : '');

export const mandatoryTest = (data: AssessmentData<'mandatoryReferral.assessed'>) => ({
  decision:
    data.criteria.length === 0
      ? 'No mandatory criterion is met.'
      : `Must be referred to the IOPC: ${data.criteria.map((id) => mandatoryCriteria[id].label).join('; ')}. Clear at ${data.becameClearAt}.`,
  rationale: data.rationale,
});

export const iopcReferral = (data: AssessmentData<'iopc.referred'>) => ({
  decision: `${iopcReferralKinds[data.kind].label} sent at ${data.sentAt}: ${data.what}`,
  rationale: [data.why, data.lateReason && `Late: ${data.lateReason}`].filter(Boolean).join(' '),
});

export const iopcAnswer = (data: AssessmentData<'iopc.answered'>) => ({
  decision: `The IOPC answered at ${data.answeredAt}: ${iopcModes[data.mode].label}${data.reference ? `, reference ${data.reference}` : ''}.`,
  rationale: data.note ?? '',
});

export const matter = (data: AssessmentData<'matter.classified'>) => ({
  decision: `${matterTypes[data.type].label}.${by(data.authority)}`,
  rationale: data.why,
});

export const severity = (data: AssessmentData<'severity.assessed'>) => ({
  decision: `If proved: ${severityLevels[data.level].label}${data.proceedings ? `, ${proceedings[data.proceedings].label}` : ''}.${by(data.authority)}`,
  rationale: data.why,
});

export const notification = (data: AssessmentData<'notification.set'>) => ({
  decision: data.doNotNotify
    ? `The subject is not notified. Review on ${written(data.reviewOn)}.`
    : 'The subject may be notified.',
  rationale: data.why,
});

export const override = (data: AssessmentData<'priority.overridden'>) => ({
  decision: data.priority
    ? `Priority set to ${priorities[data.priority].label}.`
    : 'Priority follows the answers again.',
  rationale: data.why,
});

function detailOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'safeguard':
      return outcome.ended ? ' (ended)' : '';
    case 'record':
      return `, review on ${written(outcome.reviewOn)}`;
    case 'complaints':
      return `: ${outcome.department}`;
    case 'otherForce':
      return `: ${outcome.force}`;
    case 'otherAgency':
      return `: ${outcome.agency}`;
    default:
      return '';
  }
}

export const disposition = ({ outcome, options, rationale }: Disposition) => ({
  decision:
    outcome.kind === 'firstVersion'
      ? `${decisionKinds[outcome.decision].label}.`
      : `${dispositions[outcome.kind].label}${detailOf(outcome)}.`,
  options,
  rationale,
});

export const transferAnswer = (data: AssessmentData<'transfer.answered'>) => ({
  decision: data.answer === 'acknowledged' ? 'The other force acknowledged it.' : 'The other force sent it back.',
  rationale: data.why ?? '',
});
