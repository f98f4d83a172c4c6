import type { StreamId } from '#shared/kernel/ids.ts';
import { type AssessmentState, type Link, stands } from './assessment-state.ts';

export const linkKinds = {
  repeat: { label: 'Repeat', means: 'Another report about the same subject or event, told anew.' },
  duplicate: { label: 'Duplicate', means: 'The same report once more: merged, and no corroboration of itself.' },
} as const;

/** Links in force. */
export const selectLinks = ({ links }: AssessmentState): readonly Link[] => links.filter(stands);

/** Whether a possible match is still to be judged: neither linked nor rejected. */
export const isMatchOpen = ({ links, rejections }: AssessmentState, other: StreamId): boolean =>
  ![...links, ...rejections].some((each) => each.case === other && stands(each));
