import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { caseIdSchema, note } from '../event/fields.ts';
import type { Recorded } from '../event/history.ts';
import { type Revocable, stands } from '../event/revocable.ts';
import { type InStreams, isOwnStream } from '../referral/referral.ts';
import { referenceSchema } from '../report/report.ts';

const data = z.strictObject({ case: caseIdSchema, reference: referenceSchema, why: note });
export interface Rejection extends Recorded<z.output<typeof data>>, Revocable {}

export interface RejectionState {
  readonly rejections: readonly Rejection[];
}

/** A possible match is none, as a person judged it. */
export const matchRejected = defineCaseEvent('match.rejected', {
  v: 1,
  data,
  audit: 'combination',
  may: 'assess',
  empty: { rejections: [] },
  rule: (match, { case: state, knew }: RuleContext<RejectionState & InStreams>) => {
    if (isOwnStream(state, match.case)) return refuse('match-of-itself');
    const isRejected = state.rejections.some((each) => each.case === match.case && knew(each) && stands(each));
    return isRejected ? refuse('rejected-already') : null;
  },
  apply: ({ rejections }: RejectionState, match, signed) => ({
    rejections: [...rejections, { ...match, ...signed, takenBack: [] }],
  }),
});
