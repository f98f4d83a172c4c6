import { type Cited, idsOf } from '#shared/kernel/cited.ts';

const regs = 'Police (Complaints and Misconduct) Regulations 2020 (SI 2020/2)';

interface Criterion extends Cited {
  /** What to ask of the conduct as alleged. */
  readonly ask: string;
}

/**
 * What must be referred to the IOPC: reg 4(1) for complaints (read on legislation.gov.uk), reg 7 for conduct matters
 * (reg 7(1) read: it mirrors the list for recording; its words on referral were not), and Police Reform Act 2002 Sch 3
 * paras 4, 13 and 14C. The thresholds of "serious" are those of the IOPC's statutory guidance [knowledge].
 * Asked of the conduct AS ALLEGED, as if it were true: whether it is, or how the information is graded, is no part of
 * the test (R (Rose) v Chief Constable of GMP [2021] EWHC 875 (Admin)).
 */
export const mandatoryCriteria = {
  deathOrSeriousInjury: {
    label: 'Death or serious injury',
    ask: 'Is someone said to have died, or been seriously injured, because of the conduct? Fracture, deep cut, damage to an organ or impaired bodily function.',
    source: 'Police Reform Act 2002 Sch 3 paras 4(1)(a), 13(1)(a); s 29 (serious injury)',
    standing: 'knowledge',
  },
  seriousAssault: {
    label: 'Serious assault',
    ask: 'Would it be an assault occasioning actual bodily harm, or worse?',
    source: `${regs} reg 4(1)(a)(i), reg 7(1)(a)`,
    standing: 'found',
  },
  seriousSexualOffence: {
    label: 'Serious sexual offence',
    ask: 'Would it be a sexual offence triable only on indictment, or an either-way one unsuited to summary trial?',
    source: `${regs} reg 4(1)(a)(ii), reg 7(1)(b)`,
    standing: 'found',
  },
  seriousCorruption: {
    label: 'Serious corruption',
    ask: 'Would it be on the list of serious corruption? Abuse of position for a sexual purpose, or for an improper emotional relationship, always is.',
    source: `${regs} reg 4(1)(a)(iii), reg 7(1)(c)`,
    standing: 'found',
  },
  discrimination: {
    label: 'Aggravated by discrimination',
    ask: 'Is an offence, or behaviour that could lead to disciplinary proceedings, said to be aggravated by discrimination on grounds of race, sex, religion or other status?',
    source: `${regs} reg 4(1)(a)(iv), reg 7(1)(d)`,
    standing: 'found',
  },
  relevantOffence: {
    label: 'Relevant offence',
    ask: 'Is the sentence for it fixed by law, or could an adult of no previous convictions get seven years or more?',
    source: `${regs} reg 4(1)(a)(v), reg 7(1)(e); meaning: HMRC CECCG15200`,
    standing: 'found',
  },
  sameIncident: {
    label: 'Same incident as one of these',
    ask: 'Does it arise from the same incident as conduct that meets another criterion?',
    source: `${regs} reg 4(1)(b), reg 7(1)(h)`,
    standing: 'found',
  },
  chiefOfficer: {
    label: 'Chief officer',
    ask: 'Is a chief officer or the Met’s Deputy Commissioner the subject, and can you not be sure, from what is said alone, that it would justify neither criminal nor disciplinary proceedings?',
    source: `${regs} reg 4(1)(c), reg 7(1)(g)`,
    standing: 'found',
  },
  deathOrSeriousInjuryMatter: {
    label: 'DSI matter',
    ask: 'Did someone die, or suffer serious injury, during or after contact with the police, whether or not anyone is blamed?',
    source: 'Police Reform Act 2002 s 12(2A) to (2D), Sch 3 para 14C',
    standing: 'knowledge',
  },
} as const satisfies Record<string, Criterion>;

export type MandatoryCriterion = keyof typeof mandatoryCriteria;
export const mandatoryCriterionIds = idsOf<MandatoryCriterion>(mandatoryCriteria);
