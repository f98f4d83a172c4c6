import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { selectLatest } from '#shared/domain/event/history.ts';
import {
  type Proceedings,
  proceedings,
  type SeverityLevel,
  severityLevels,
} from '#shared/domain/misconduct/severity.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { ReasonsIn } from '../form/text-fields.tsx';
import { orNull } from '../form/to-shape.ts';
import { useCaseAhead, useForm } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { type FollowingProps, Part } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';
import { CapacityFields, type CapacityForm, SaidInCapacity, useCapacity } from './capacity-fields.tsx';

interface SeverityForm extends CapacityForm {
  readonly level: SeverityLevel | '';
  readonly proceedings: Proceedings | '';
  readonly why: string;
}
const shape: SeverityForm = { level: '', proceedings: '', subjectRank: '', capacity: '', authority: '', why: '' };
const levels = optionsOf(severityLevels);
const forms = optionsOf(proceedings);

function SeveritySaid({ severity }: { readonly severity: DataOf<'severity.assessed'> }) {
  const { level, proceedings: likely, why } = severity;
  const label = `${severityLevels[level].label}${likely ? `, likely: ${proceedings[likely].label}` : ''}`;
  return (
    <>
      <SaidInCapacity label={label} said={severity} />
      <Said>{why}</Said>
    </>
  );
}

/** How serious the conduct would be if it were proved (SI 2020/2 reg 16). */
export function SeverityPart({ view, follows }: FollowingProps) {
  const { severity } = view.state;
  const latest = selectLatest(severity);
  const matter = selectLatest((useCaseAhead() ?? view.state).matter);
  const form = useForm<SeverityForm>({
    step: 'mandatory',
    part: 'severity',
    shape,
    initial: {
      // Whom it concerns was said with the type of the matter.
      ...useCapacity(matter ? { ...(latest ?? matter), subjectRank: matter.subjectRank } : latest),
      level: latest?.level ?? '',
      proceedings: latest?.proceedings ?? '',
      why: '',
    },
    toCommand: ({ level, proceedings: likely, subjectRank, capacity, authority, why }) => ({
      type: 'severity.assessed',
      case: view.state.id,
      data: { level, proceedings: likely || null, subjectRank, capacity, authority: orNull(authority), why },
    }),
    done: 'Severity recorded. Saved here.',
  });
  const { field } = form;
  return (
    <Part
      title="Severity"
      form={form}
      history={severity}
      say={(record) => <SeveritySaid severity={record} />}
      optional
      follows={follows}
      action="Record the severity"
    >
      <ChoiceIn label="If the conduct were proved, it would be" options={levels} {...field('level')} />
      <SelectIn
        label="Likely form of proceedings"
        options={forms}
        none="Not said"
        width={320}
        {...field('proceedings')}
      />
      <CapacityFields subjectRank={field('subjectRank')} capacity={field('capacity')} authority={field('authority')} />
      <ReasonsIn {...field('why')} />
    </Part>
  );
}
