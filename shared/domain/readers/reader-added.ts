import { z } from 'zod';
import type { MemberId } from '#shared/kernel/ids.ts';
import { refuseField } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { reasons } from '../event/fields.ts';
import type { Signed } from '../event/signed.ts';
import { memberIdSchema, memberOfId } from '../unit/roster.ts';

/** A member who reads one case, and need not be of the scope that it is for: a reviewer. */
export interface SingleReader extends Signed {
  readonly reader: MemberId;
  readonly why: string;
}
export interface ReadersState {
  readonly readers: readonly SingleReader[];
}

/** Each key of the case is boxed to each of their devices. */
const mostSingleReaders = 16;

/**
 * A member is given one case: its keys are boxed to their devices in the same commit. They read it until it is handed on, be it to
 * the scope that it is for.
 */
export const readerAdded = defineCaseEvent('reader.added', {
  v: 1,
  data: z.strictObject({ reader: memberIdSchema, why: reasons }),
  audit: 'disclosure',
  may: 'addReader',
  withoutHolding: true,
  admits: ({ reader }) => reader,
  rule({ reader }, { actor, unit, case: { readers } }: RuleContext<ReadersState>) {
    if (reader === actor?.id) return refuseField('reader', 'reader-oneself');
    if (memberOfId(unit, reader)?.standing !== 'inForce') return refuseField('reader', 'reader-not-in-force');
    if (readers.some((each) => each.reader === reader)) return refuseField('reader', 'reader-already');
    if (readers.length < mostSingleReaders) return null;
    return refuseField('reader', 'too-many-readers', { maximum: mostSingleReaders });
  },
  apply: ({ readers }: ReadersState, data, signed) => ({ readers: [...readers, { ...signed, ...data }] }),
});
