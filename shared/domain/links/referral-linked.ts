import { z } from 'zod';
import { idsOf } from '#shared/kernel/cited.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { caseIdSchema, note } from '../event/fields.ts';
import type { Recorded } from '../event/history.ts';
import { type Revocable, stands } from '../event/revocable.ts';
import { type InStreams, isOwnStream } from '../referral/referral.ts';
import { referenceSchema } from '../report/report.ts';

export const linkKinds = {
  repeat: { label: 'Repeat', means: 'Another report about the same subject or event, told anew.' },
  duplicate: { label: 'Duplicate', means: 'The same report once more: merged, and no corroboration of itself.' },
} as const;

export type LinkKind = keyof typeof linkKinds;
const linkKindIds = idsOf<LinkKind>(linkKinds);

const data = z.strictObject({
  case: caseIdSchema,
  reference: referenceSchema,
  kind: z.enum(linkKindIds),
  why: note,
});
export interface Link extends Recorded<z.output<typeof data>>, Revocable {}

export interface LinkState {
  readonly links: readonly Link[];
}

/**
 * An earlier referral concerns the same subject or event, as a person judged it. It moves nothing between cases, so that
 * taking it back leaves no trace but its own entries.
 */
export const referralLinked = defineCaseEvent('referral.linked', {
  v: 1,
  data,
  audit: 'combination',
  may: 'assess',
  empty: { links: [] },
  rule: (link, { case: state, knew }: RuleContext<LinkState & InStreams>) => {
    if (isOwnStream(state, link.case)) return refuse('link-to-itself');
    const isLinked = state.links.some((each) => each.case === link.case && knew(each) && stands(each));
    return isLinked ? refuse('linked-already') : null;
  },
  apply: ({ links }: LinkState, link, signed) => ({ links: [...links, { ...link, ...signed, takenBack: [] }] }),
});
