import { type Cited, idsOf } from '#shared/kernel/cited.ts';

const act = 'Police Reform Act 2002';

/** What kind of matter it is in law. An anonymous referral usually becomes a conduct matter; the AA decides [unsure]. */
export const matterTypes = {
  complaint: {
    label: 'Complaint',
    means: 'An expression of dissatisfaction with a force by or on behalf of a member of the public.',
    source: `${act} s 12(1)`,
    standing: 'knowledge',
  },
  conduct: {
    label: 'Conduct matter',
    means:
      'Not a complaint, but an indication of a crime, or of behaviour that would justify disciplinary proceedings.',
    source: `${act} s 12(2); HMICFRS glossary, conduct matter`,
    standing: 'summary',
  },
  recordable: {
    label: 'Recordable conduct matter',
    means: 'A conduct matter that Schedule 3 requires to be recorded.',
    source: `${act} Sch 3 paras 10, 11; SI 2020/2 reg 7`,
    standing: 'knowledge',
  },
  dsi: {
    label: 'Death or serious injury (DSI) matter',
    means:
      'Someone died or was seriously injured after an arrest, in custody or after police contact that may have caused it or contributed to it, and there is neither a complaint nor a conduct matter.',
    source: `${act} s 12(2A) to (2D); in part HMRC CECCG15200, HMICFRS glossary`,
    standing: 'summary',
  },
} as const satisfies Record<string, Cited & { means: string }>;

export type MatterType = keyof typeof matterTypes;
export const matterTypeIds = idsOf<MatterType>(matterTypes);
