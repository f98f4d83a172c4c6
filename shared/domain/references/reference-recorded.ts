import { z } from 'zod';
import { lookOf } from '#shared/kernel/folded-text.ts';
import { refuseField } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import type { Recorded } from '../event/history.ts';
import { type Revocable, stands } from '../event/revocable.ts';
import { nameOf } from '../written/written.ts';
import { evenReference, referenceKindIds, referenceKinds } from './reference-kinds.ts';

const longestReference = 80;

const data = z.strictObject({ kind: z.enum(referenceKindIds), text: nameOf(longestReference) });
export interface OutsideReference extends Recorded<z.output<typeof data>>, Revocable {}

export interface ReferencesState {
  readonly references: readonly OutsideReference[];
}

/** What another system calls the same matter. It is a name and no link: nothing is fetched by it. */
export const referenceRecorded = defineCaseEvent('reference.recorded', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { references: [] },
  rule: ({ kind, text }, { case: { references }, knew }: RuleContext<ReferencesState>) => {
    const { form, example } = referenceKinds[kind];
    const even = evenReference(kind, text);
    if (form && !form.test(even)) return refuseField('text', 'reference-form', { example });
    const look = lookOf(even);
    const isThere = references.some(
      (each) => each.kind === kind && lookOf(each.text) === look && knew(each) && stands(each),
    );
    return isThere ? refuseField('text', 'reference-twice') : null;
  },
  apply: ({ references }: ReferencesState, { kind, text }, signed) => ({
    references: [...references, { kind, text: evenReference(kind, text), ...signed, takenBack: [] }],
  }),
});
