import type { EntryId, Position, StreamId } from '#shared/kernel/ids.ts';
import type { Disposition } from '../disposition/disposition-recorded.ts';
import { selectInForce } from '../disposition/dispositions-in-force.ts';
import { stands } from '../event/revocable.ts';
import type { Signed } from '../event/signed.ts';
import { selectLinks } from '../links/links.ts';
import type { LinkKind } from '../links/referral-linked.ts';
import type { CaseState } from './case-state.ts';

/*
 * A case that was recorded for intelligence comes back when its subject or event appears again:
 *
 *   recorded --a later referral, linked by a person or offered and not rejected--> appears again
 *      ^--------a new disposition, in sight of that referral; or a rejection----------'
 *
 * Nothing is decided by it, and nothing written. Later means: its author had not seen the log as far as that referral.
 * By their clock it might have been otherwise; what they could not know, they did not weigh.
 */

/** A disposition in force that keeps the case for intelligence. */
export interface Recording {
  readonly entry: EntryId;
  readonly at: string;
  /** The log as far as its author had seen it. */
  readonly seen: Position;
  /** Null while it waits to be confirmed. */
  readonly position: Position | null;
}

/** What of a case bears on its own coming back, or on that of others: kept for every case, so what is empty is left out. */
export interface Trace {
  /** Where the referral stands in the log. */
  readonly received: Position;
  /** Several only where they conflict. */
  readonly recorded?: readonly Recording[];
  readonly linked?: readonly { readonly case: StreamId; readonly kind: LinkKind }[];
  readonly rejected?: readonly StreamId[];
}

const keepsForIntelligence = ({ chosen }: Disposition): boolean => chosen.kind === 'record';

const toRecording = ({ entry, at, seen, position }: Signed): Recording => ({ entry, at, seen, position });

export function selectTrace(state: CaseState): Trace {
  const { exclusive } = selectInForce(state.dispositions);
  const recorded = exclusive.filter(keepsForIntelligence).map(toRecording);
  const linked = selectLinks(state).map((link) => ({ case: link.case, kind: link.kind }));
  const rejected = state.rejections.filter(stands).map((each) => each.case);
  return {
    received: state.activity[0]?.position ?? 0,
    ...(recorded.length > 0 && { recorded }),
    ...(linked.length > 0 && { linked }),
    ...(rejected.length > 0 && { rejected }),
  };
}

/** When the case was recorded for intelligence; null when it is not. The newest, where several conflict. */
export const recordedAt = ({ recorded = [] }: Trace): string | null =>
  recorded
    .map(({ at }) => at)
    .sort()
    .at(-1) ?? null;

/**
 * Whether a referral came after the case was recorded for intelligence. Of several dispositions in conflict, one that did
 * not know of it suffices: which of them stands is not settled.
 */
export const isLater = ({ recorded = [] }: Pick<Trace, 'recorded'>, received: Position): boolean =>
  recorded.some(({ seen }) => received > seen);
