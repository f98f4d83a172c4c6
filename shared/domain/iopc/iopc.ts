import { z } from 'zod';
import { type Cited, idsOf } from '#shared/kernel/cited.ts';
import type { InEffect } from '#shared/kernel/in-effect.ts';
import { entryIdSchema, instant, line, note } from '../event/fields.ts';

const act = 'Police Reform Act 2002 Sch 3';

/** Why a matter is sent to the IOPC. */
export const iopcReferralKinds = {
  mandatory: {
    label: 'Mandatory referral',
    means: 'A mandatory criterion is met. The deadline runs.',
    source: `${act} paras 4(1), 13(1); SI 2020/2 reg 4, reg 7`,
    standing: 'knowledge',
  },
  voluntary: {
    label: 'Voluntary referral',
    means: 'No criterion is met, but the gravity or exceptional circumstances call for it.',
    source: `${act} paras 4(2), 13(2)`,
    standing: 'found',
  },
  renotification: {
    label: 'Re-notification',
    means: 'Later facts change what the IOPC was told: its choice of mode may change.',
    source: 'Parliamentary answer 75021 (parallelparliament.co.uk)',
    standing: 'summary',
  },
  calledIn: {
    label: 'Called in',
    means: 'The Director General treats the matter as referred. The authority need not refer it any more.',
    source: `${act} paras 4A, 13A(1) to (3); 4A was not read`,
    standing: 'found',
  },
} as const satisfies Record<string, Cited & { means: string }>;

export type IopcReferralKind = keyof typeof iopcReferralKinds;
export const iopcReferralKindIds = idsOf<IopcReferralKind>(iopcReferralKinds);

/** The modes of the Policing and Crime Act 2017, which replaced managed and supervised investigations. */
const modern = { source: 'Parliamentary answer 75021', standing: 'summary', from: '2020-02-01' } as const;

/** What the IOPC answers. */
export const iopcModes = {
  independent: {
    label: 'Independent investigation',
    means: 'The IOPC investigates.',
    ...modern,
  },
  directed: {
    label: 'Directed investigation',
    means: 'The force investigates under the direction and control of the IOPC.',
    ...modern,
  },
  local: {
    label: 'Local investigation',
    means: 'The force investigates.',
    ...modern,
  },
  returnedToComplete: {
    label: 'Returned for the investigation to be completed',
    means: 'The IOPC finds no investigation necessary. The one that the force has begun goes on to its end.',
    source: `${act} para 14(2)(a); para 5 was not read`,
    standing: 'found',
    from: null,
  },
  returnedToForce: {
    label: 'Returned to the force',
    means: 'The IOPC finds no investigation necessary, and none was begun; the force handles it as it thinks fit.',
    source: `${act} paras 5, 14`,
    standing: 'knowledge',
    from: null,
  },
} as const satisfies Record<string, Cited & InEffect & { means: string }>;

export type IopcMode = keyof typeof iopcModes;
const iopcModeIds = idsOf<IopcMode>(iopcModes);

/** What the IOPC answered to a referral. */
export const iopcAnswerSchema = z.strictObject({
  /** Entry of the `iopc.referred` that is answered. */
  referral: entryIdSchema,
  mode: z.enum(iopcModeIds),
  answeredAt: instant,
  /** The IOPC's own reference. */
  reference: line(100).nullable(),
  note: note.nullable(),
});
export type IopcAnswer = z.output<typeof iopcAnswerSchema>;
