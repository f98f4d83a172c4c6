import { type History, selectLatest } from '../case/history.ts';
import type { Attachment } from '../report/attachments.ts';
import type { AssessmentData } from './assessment-events.ts';
import type { AssessmentState } from './assessment-state.ts';

const extensions: Readonly<Record<Attachment['type'], string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
};

/** Says the place of the attachment in the referral and what it is, and nothing else: names leak. */
export const copyName = (attachment: number, type: Attachment['type']): string =>
  `attachment-${attachment + 1}.${extensions[type]}`;

/** All copies ever made of one attachment, known by its place in the referral. */
export const copiesOf = (
  { copies }: AssessmentState,
  attachment: number,
): History<AssessmentData<'attachment.sanitised'>> => copies.filter((copy) => copy.attachment === attachment);

/**
 * The copy that may leave the case. Two made without sight of each other are no conflict: each was stripped and checked
 * by itself, nobody judged anything in making them, and either serves.
 */
export const selectCopy = (assessment: AssessmentState, attachment: number) =>
  selectLatest(copiesOf(assessment, attachment));
