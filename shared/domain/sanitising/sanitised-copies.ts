import { type History, selectLatest } from '../event/history.ts';
import type { AttachmentSanitised, CopyState } from './attachment-sanitised.ts';

/** All copies ever made of one attachment, known by its place in the referral. */
export const copiesOf = ({ copies }: CopyState, attachment: number): History<AttachmentSanitised> =>
  copies.filter((copy) => copy.attachment === attachment);

/**
 * The copy that may leave the case. Two made without sight of each other are no conflict: each was stripped and checked
 * by itself, nobody judged anything in making them, and either serves.
 */
export const selectCopy = (state: CopyState, attachment: number) => selectLatest(copiesOf(state, attachment));
