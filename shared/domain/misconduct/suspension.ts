import { type Cited, idsOf } from '#shared/kernel/cited.ts';
import { type InEffect, isInEffect } from '#shared/kernel/in-effect.ts';
import { dateOfDay, dayNumber } from '#shared/kernel/london-time.ts';
import { type SubjectKind, subjectKinds } from '../report/report.ts';

/*
 * Suspension is the appropriate authority's act, never the unit's, which puts it to the authority:
 *
 *   not put --suspension.put--> put: a decision is due --suspension.put, with what was decided--> decided, to be reviewed
 */

interface Regime extends Cited, InEffect {
  readonly means: string;
  /** In which a listed case is decided; null: no time is set. */
  readonly workingDays: number | null;
  /** By when a suspension is looked at again. */
  readonly reviewDays: number;
}

const summary = 'Weightmans, Changes to the Police Conduct, Vetting and Complaints Regulations (2026)';

/**
 * By when the behaviour and the allegation arose: both must have, for the later. Of the earlier, the power and that
 * redeployment is considered first were read (SI 2020/4 reg 11(1), (4)); how often it is reviewed only in that summary.
 */
export const suspensionRegimes = {
  power: {
    label: 'A power to suspend',
    means:
      'To 12 July 2026: the authority may suspend, having considered redeployment first. It is reviewed every four weeks.',
    workingDays: null,
    reviewDays: 28,
    from: null,
    until: '2026-07-13',
    source: `SI 2020/4 reg 11, before it was substituted; ${summary}`,
    standing: 'summary',
  },
  duty: {
    label: 'A duty to suspend in listed cases',
    means:
      'From 13 July 2026: the authority must suspend in the cases listed. Where there is a criminal investigation and the conduct is assessed as gross misconduct, it decides within three working days. It is reviewed within 12 weeks.',
    workingDays: 3,
    reviewDays: 84,
    from: '2026-07-13',
    source: `SI 2020/4 reg 11 to 11C, as substituted, in: ${summary}. The text was not read`,
    standing: 'summary',
  },
} as const satisfies Record<string, Regime>;

export type SuspensionRegime = keyof typeof suspensionRegimes;

const local = { source: 'What an authority can decide', standing: 'knowledge' } as const;

export const suspensionOutcomes = {
  suspended: { label: 'Suspended', ...local },
  redeployed: { label: 'Redeployed', ...local },
  neither: { label: 'Neither suspended nor redeployed', ...local },
} as const satisfies Record<string, Cited>;
export type SuspensionOutcome = keyof typeof suspensionOutcomes;
export const suspensionOutcomeIds = idsOf<SuspensionOutcome>(suspensionOutcomes);

interface Arisen {
  readonly subject: SubjectKind;
  /** Calendar days. */
  readonly behaviourOn: string | null;
  readonly allegedOn: string | null;
}

/** Which regime applies; null where these Regulations set no clock: of staff, designated volunteers and contractors. */
export function regimeOf({ subject, behaviourOn, allegedOn }: Arisen): SuspensionRegime | null {
  if (!(subjectKinds[subject].conductRegulations && behaviourOn && allegedOn)) return null;
  const arose = [behaviourOn, allegedOn].sort()[0] ?? '';
  return isInEffect(suspensionRegimes.duty, `${arose}T12:00:00Z`) ? 'duty' : 'power';
}

/** The last day on which a suspension that was decided then may be looked at again; null where no regime applies. */
export const lastReviewOn = (regime: SuspensionRegime | null, decidedOn: string): string | null =>
  regime && dateOfDay(dayNumber(decidedOn) + suspensionRegimes[regime].reviewDays);
