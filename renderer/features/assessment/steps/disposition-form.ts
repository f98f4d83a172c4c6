import type { CaseCommand } from '#shared/domain/case/decide.ts';
import type { DispositionChoice } from '#shared/domain/disposition/disposition-schemas.ts';
import type { DispositionKind } from '#shared/domain/disposition/dispositions.ts';
import { defaultReviewOn } from '#shared/domain/disposition/review-date.ts';
import type { Policy } from '#shared/domain/policy/policy.ts';
import type { Priority } from '#shared/domain/priority/priorities.ts';

/** A disposition being written: the details of every kind, of which the chosen one's are used. */
export interface DispositionForm {
  readonly kind: DispositionKind | '';
  readonly ended: boolean;
  readonly reviewOn: string;
  readonly department: string;
  /** The local policing body. */
  readonly body: string;
  /** `force unit`, as ids of the directory. */
  readonly unit: string;
  readonly agency: string;
  readonly items: readonly string[];
  readonly options: readonly { readonly option: string; readonly why: string }[];
  readonly rationale: string;
}

export const dispositionShape: DispositionForm = {
  kind: '',
  ended: false,
  reviewOn: '',
  department: '',
  body: '',
  unit: '',
  agency: '',
  items: [''],
  options: [{ option: '', why: '' }],
  rationale: '',
};

/** What stands in the form before anything is typed. @param now milliseconds since the epoch */
export const startDisposition = (priority: Priority, now: number, policy: Policy): DispositionForm => ({
  ...dispositionShape,
  reviewOn: defaultReviewOn(priority, now, policy),
  items: [],
  options: [],
});

function toChoice(form: DispositionForm): DispositionChoice {
  const { kind, reviewOn, department, agency } = form;
  switch (kind) {
    case 'safeguard':
      return { kind, ended: form.ended };
    case 'record':
      return { kind, reviewOn };
    case 'complaints':
      return { kind, department };
    case 'localPolicingBody':
      return { kind, body: form.body };
    case 'otherForce': {
      const [force = '', unit = ''] = form.unit.split(' ');
      return { kind, force, unit };
    }
    case 'otherAgency':
      return { kind, agency };
    case 'suspectedMalicious':
      return { kind, items: [...form.items] as Extract<DispositionChoice, { kind: 'suspectedMalicious' }>['items'] };
    default:
      // Nothing chosen is for the schema to refuse.
      return { kind } as DispositionChoice;
  }
}

type DispositionData = Extract<CaseCommand, { type: 'disposition.recorded' }>['data'];

export const toDisposition = (form: DispositionForm): DispositionData => ({
  chosen: toChoice(form),
  options: form.options.map((each) => ({ ...each })),
  rationale: form.rationale,
});
