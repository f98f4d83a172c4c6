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
import { AuthorityIn, decidedBy, ReasonsIn } from '../form/text-fields.tsx';
import { orNull } from '../form/to-shape.ts';
import { useForm } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { Part, type PartProps } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';

interface SeverityForm {
  readonly level: SeverityLevel | '';
  readonly proceedings: Proceedings | '';
  readonly authority: string;
  readonly why: string;
}
const shape: SeverityForm = { level: '', proceedings: '', authority: '', why: '' };
const levels = optionsOf(severityLevels);
const forms = optionsOf(proceedings);

function SeveritySaid({ severity }: { readonly severity: DataOf<'severity.assessed'> }) {
  const { level, proceedings: likely, authority, why } = severity;
  return (
    <>
      <b>{severityLevels[level].label}</b>
      {likely && `, likely: ${proceedings[likely].label}`}
      {decidedBy(authority)}
      <Said>{why}</Said>
    </>
  );
}

/** How serious the conduct would be if it were proved (SI 2020/2 reg 16). */
export function SeverityPart({ view }: PartProps) {
  const { severity } = view.state;
  const latest = selectLatest(severity);
  const form = useForm<SeverityForm>({
    step: 'mandatory',
    part: 'severity',
    shape,
    initial: {
      level: latest?.level ?? '',
      proceedings: latest?.proceedings ?? '',
      authority: latest?.authority ?? '',
      why: '',
    },
    toCommand: ({ level, proceedings: likely, authority, why }) => ({
      type: 'severity.assessed',
      case: view.state.id,
      data: { level, proceedings: likely || null, authority: orNull(authority), why },
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
      <AuthorityIn {...field('authority')} />
      <ReasonsIn {...field('why')} />
    </Part>
  );
}
