import { type Cited, idsOf } from '#shared/kernel/cited.ts';

const regs = 'Police (Complaints and Misconduct) Regulations 2020 (SI 2020/2)';

const act = 'Police Reform Act 2002 Sch 3';

interface Criterion extends Cited {
  /** What to ask of the conduct as alleged. */
  readonly ask: string;
}

/**
 * What must be referred to the IOPC: Police Reform Act 2002 Sch 3 para 4(1) and SI 2020/2 reg 4(1) for complaints, para
 * 13(1) and reg 7 for conduct matters (of reg 7 the list in (1) was read, which is for recording; its words on referral
 * were not), and para 14C for DSI matters. The thresholds of "serious" are those of the IOPC's statutory guidance, which
 * was not read: whatever names one is [knowledge].
 * Asked of the conduct AS ALLEGED, as if it were true: whether it is, or how the information is graded, is no part of
 * the test (R (Rose) v Chief Constable of GMP [2021] EWHC 875 (Admin)).
 */
export const mandatoryCriteria = {
  deathOrSeriousInjury: {
    label: 'Death or serious injury: complaint',
    ask: 'Does a complaint allege that the conduct, or what is complained of, has resulted in death or serious injury? Fracture, deep cut, damage to an organ or impaired bodily function.',
    source: `${act} para 4(1)(a); meaning of serious injury in part: HMRC CECCG15200`,
    standing: 'knowledge',
  },
  deathOrSeriousInjuryConduct: {
    label: 'Death or serious injury: conduct matter',
    ask: 'Does the conduct matter relate to any incident or circumstances in, or in consequence of, which someone died or was seriously injured? Wider than for a complaint: the conduct need not be said to have caused it.',
    source: `${act} para 13(1)(a)`,
    standing: 'found',
  },
  seriousAssault: {
    label: 'Serious assault',
    ask: 'Would it be an assault occasioning actual bodily harm, or worse?',
    source: `${regs} reg 4(1)(a)(i), reg 7(1)(a)`,
    standing: 'knowledge',
  },
  seriousSexualOffence: {
    label: 'Serious sexual offence',
    ask: 'Would it be a sexual offence triable only on indictment, or an either-way one unsuited to summary trial?',
    source: `${regs} reg 4(1)(a)(ii), reg 7(1)(b)`,
    standing: 'knowledge',
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
    standing: 'summary',
  },
  sameIncident: {
    label: 'Same incident as one of these',
    ask: 'Does it arise from the same incident as conduct that meets another criterion?',
    source: `${regs} reg 4(1)(b), reg 7(1)(h)`,
    standing: 'found',
  },
  chiefOfficer: {
    label: 'Chief officer',
    ask: 'Is the chief officer (chief constable, commissioner or who acts as one) or the Met’s Deputy Commissioner the subject, and can you not be sure, from what is said alone, that it would justify neither criminal nor disciplinary proceedings?',
    source: `${regs} reg 4(1)(c), reg 7(1)(g)`,
    standing: 'found',
  },
  deathOrSeriousInjuryMatter: {
    label: 'DSI matter',
    ask: 'Did someone die, or suffer serious injury, after an arrest, in custody or after contact with the police that may have caused it or contributed to it? Only where there is neither a complaint nor a conduct matter: then this is no DSI matter.',
    source: 'Police Reform Act 2002 s 12(2A) to (2D), Sch 3 para 14C; in part HMRC CECCG15200, HMICFRS glossary',
    standing: 'summary',
  },
  directorGeneral: {
    label: 'Required by the IOPC',
    ask: 'Has the Director General notified the authority that this must be referred? The time below is when that notice came.',
    source: `${act} paras 4(1)(c), 13(1)(c)`,
    standing: 'found',
  },
} as const satisfies Record<string, Criterion>;

export type MandatoryCriterion = keyof typeof mandatoryCriteria;
export const mandatoryCriterionIds = idsOf<MandatoryCriterion>(mandatoryCriteria);

/** Whether criteria of a complaint or conduct matter stand beside that of a DSI matter, which is neither. */
export const isDsiBesideConduct = (criteria: readonly MandatoryCriterion[]): boolean =>
  criteria.includes('deathOrSeriousInjuryMatter') &&
  criteria.some((id) => id !== 'deathOrSeriousInjuryMatter' && id !== 'directorGeneral');
