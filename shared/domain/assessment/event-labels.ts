import type { AssessmentEventType } from './assessment-events.ts';

/** What happened, as the activity of a case says it. */
export const eventLabels: Readonly<Record<AssessmentEventType, string>> = {
  'risk.assessed': 'Risk assessed',
  'mandatoryReferral.assessed': 'Mandatory referral tested',
  'iopc.referred': 'Sent to the IOPC',
  'iopc.answered': 'IOPC answered',
  'matter.classified': 'Matter classified',
  'severity.assessed': 'Severity assessed',
  'notification.set': 'Notification of the subject decided',
  'item.recorded': 'Item recorded',
  'provenance.recorded': 'Provenance recorded',
  'item.graded': 'Item graded',
  'item.withdrawn': 'Item withdrawn',
  'categories.recorded': 'Categories recorded',
  'standards.recorded': 'Standards recorded',
  'harm.assessed': 'Threat, harm and risk assessed',
  'priority.overridden': 'Priority set',
  'sanitised.recorded': 'Sanitised text recorded',
  'attachment.sanitised': 'Sanitised copy of an attachment made',
  'disposition.recorded': 'Disposition recorded',
  'transfer.answered': 'Other force answered',
  'referral.linked': 'Referral linked',
  'referral.unlinked': 'Link taken back',
  'match.rejected': 'Match rejected',
  'match.restored': 'Rejected match restored',
};
