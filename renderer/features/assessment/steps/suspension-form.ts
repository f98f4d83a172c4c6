import { fromLondonInput, isWhole, toLondonInput } from '#renderer/ui/london-input.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { regimeOf, type SuspensionOutcome, type SuspensionRegime } from '#shared/domain/misconduct/suspension.ts';
import type { SuspensionPut } from '#shared/domain/misconduct/suspension-put.ts';
import type { SubjectKind } from '#shared/domain/report/report.ts';
import { orNull } from '../form/to-shape.ts';

/** What is put to the authority, being written, with what it decided once it has. */
export interface SuspensionForm {
  readonly subject: SubjectKind | '';
  readonly behaviourOn: string;
  readonly allegedOn: string;
  readonly listedAt: string;
  readonly putAt: string;
  readonly putTo: string;
  readonly why: string;
  /** Empty: the authority has not decided yet. */
  readonly outcome: SuspensionOutcome | '';
  readonly decidedAt: string;
  readonly decidedBy: string;
  readonly decisionWhy: string;
  readonly reviewOn: string;
}

export const suspensionShape: SuspensionForm = {
  ...{ subject: '', behaviourOn: '', allegedOn: '', listedAt: '', putAt: '', putTo: '', why: '' },
  ...{ outcome: '', decidedAt: '', decidedBy: '', decisionWhy: '', reviewOn: '' },
};

const written = (at: string | null): string => (at ? toLondonInput(Date.parse(at)) : '');

/** What stands in the form at first: what was put before, so that what was decided is added to it. */
export function startSuspension(latest: SuspensionPut | null, subject: SubjectKind | '', now: string): SuspensionForm {
  if (!latest) return { ...suspensionShape, subject, putAt: now };
  const { behaviourOn, allegedOn, listedAt, putAt, putTo, why, decision } = latest;
  return {
    ...{ subject: latest.subject, behaviourOn: behaviourOn ?? '', allegedOn: allegedOn ?? '' },
    ...{ listedAt: written(listedAt), putAt: written(putAt), putTo, why },
    ...{ outcome: decision?.outcome ?? '', decidedAt: decision ? written(decision.decidedAt) : now },
    ...{ decidedBy: decision?.decidedBy ?? '', decisionWhy: decision?.why ?? '', reviewOn: decision?.reviewOn ?? '' },
  };
}

const dayIn = (text: string): string | null => (isWhole(text, 'day') ? text : null);

export const regimeIn = ({ subject, behaviourOn, allegedOn }: SuspensionForm): SuspensionRegime | null =>
  subject ? regimeOf({ subject, behaviourOn: dayIn(behaviourOn), allegedOn: dayIn(allegedOn) }) : null;

type Data = Extract<CaseCommand, { type: 'suspension.put' }>['data'];

/** What is not asked of such a subject, or of such a decision, is not recorded. */
export function toSuspension(form: SuspensionForm, asksDates: boolean) {
  const { outcome } = form;
  return {
    subject: form.subject,
    behaviourOn: asksDates ? orNull(form.behaviourOn) : null,
    allegedOn: asksDates ? orNull(form.allegedOn) : null,
    listedAt: regimeIn(form) === 'duty' ? orNull(fromLondonInput(form.listedAt)) : null,
    putAt: fromLondonInput(form.putAt),
    putTo: form.putTo,
    why: form.why,
    decision: outcome
      ? {
          outcome,
          decidedAt: fromLondonInput(form.decidedAt),
          decidedBy: form.decidedBy,
          why: form.decisionWhy,
          reviewOn: outcome === 'suspended' ? orNull(form.reviewOn) : null,
        }
      : null,
  } satisfies Omit<Data, 'subject'> & { readonly subject: SuspensionForm['subject'] };
}
