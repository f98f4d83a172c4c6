import type { z } from 'zod';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { AssessmentEventType, assessmentEvents } from './assessment-events.ts';

/** What a member asks for, and the event that carries it out: one to one. */
export const assessmentCommands = {
  assessRisk: 'risk.assessed',
  assessMandatoryReferral: 'mandatoryReferral.assessed',
  recordIopcReferral: 'iopc.referred',
  recordIopcAnswer: 'iopc.answered',
  classifyMatter: 'matter.classified',
  assessSeverity: 'severity.assessed',
  setNotification: 'notification.set',
  recordItem: 'item.recorded',
  recordProvenance: 'provenance.recorded',
  gradeItem: 'item.graded',
  withdrawItem: 'item.withdrawn',
  recordCategories: 'categories.recorded',
  recordStandards: 'standards.recorded',
  assessHarm: 'harm.assessed',
  overridePriority: 'priority.overridden',
  recordSanitised: 'sanitised.recorded',
  sanitiseAttachment: 'attachment.sanitised',
  recordDisposition: 'disposition.recorded',
  recordTransferAnswer: 'transfer.answered',
  linkReferral: 'referral.linked',
  unlinkReferral: 'referral.unlinked',
  rejectMatch: 'match.rejected',
  restoreMatch: 'match.restored',
} as const satisfies Record<string, AssessmentEventType>;

export type AssessmentCommandType = keyof typeof assessmentCommands;
type EventOfCommand<Type extends AssessmentCommandType> = (typeof assessmentCommands)[Type];

/** `data` as typed: `decideCase` trims and parses it with the event's schema. */
export type AssessmentCommand = {
  [Type in AssessmentCommandType]: {
    readonly type: Type;
    readonly case: StreamId;
    readonly data: z.input<(typeof assessmentEvents)[EventOfCommand<Type>]['data']>;
  };
}[AssessmentCommandType];

export const isAssessmentCommand = (command: { readonly type: string }): command is AssessmentCommand =>
  Object.hasOwn(assessmentCommands, command.type);
