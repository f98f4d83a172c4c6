import type { StreamId } from '#shared/kernel/ids.ts';
import { stands } from '../event/revocable.ts';
import type { RejectionState } from './match-rejected.ts';
import type { Link, LinkState } from './referral-linked.ts';

/** Links in force. */
export const selectLinks = ({ links }: LinkState): readonly Link[] => links.filter(stands);

/** Whether a possible match is still to be judged: neither linked nor rejected. */
export const isMatchOpen = ({ links, rejections }: LinkState & RejectionState, other: StreamId): boolean =>
  ![...links, ...rejections].some((each) => each.case === other && stands(each));
