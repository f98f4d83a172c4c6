import Box from '@mui/material/Box';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { listed } from '#renderer/ui/theme.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { selectLatest } from '#shared/domain/event/history.ts';
import { type NdmStage, ndmStageIds, ndmStages } from '#shared/domain/harm/ndm.ts';
import { type ThriveElement, thrive, thriveElementIds } from '#shared/domain/harm/thrive.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { type FormPart, fieldsOf, partIn } from '../form/fields.ts';
import { ReasonsIn } from '../form/text-fields.tsx';
import { orNull } from '../form/to-shape.ts';
import { useForm } from '../form/use-form.ts';
import { Part, type PartProps } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';

type Harm = DataOf<'harm.assessed'>;
interface Answered {
  readonly answer: string;
  readonly note: string;
}
interface HarmForm {
  readonly thrive: Readonly<Record<ThriveElement, Answered>>;
  readonly ndm: Readonly<Record<NdmStage, string>>;
  readonly rationale: string;
}

const each = <Id extends string, Value>(ids: readonly Id[], value: (id: Id) => Value) =>
  Object.fromEntries(ids.map((id) => [id, value(id)])) as Record<Id, Value>;

const shape: HarmForm = {
  thrive: each(thriveElementIds, () => ({ answer: '', note: '' })),
  ndm: each(ndmStageIds, () => ''),
  rationale: '',
};
const toForm = (harm: Harm): HarmForm => ({
  thrive: each(thriveElementIds, (id) => ({ answer: harm.thrive[id].answer, note: harm.thrive[id].note ?? '' })),
  ndm: each(ndmStageIds, (id) => harm.ndm[id] ?? ''),
  rationale: '',
});

type HarmData = Extract<CaseCommand, { type: 'harm.assessed' }>['data'];
const toData = (value: HarmForm): HarmData =>
  ({
    thrive: each(thriveElementIds, (id) => ({ answer: value.thrive[id].answer, note: orNull(value.thrive[id].note) })),
    ndm: each(ndmStageIds, (id) => orNull(value.ndm[id])),
    rationale: value.rationale,
  }) as HarmData;

const answersOf = (id: ThriveElement): Readonly<Record<string, string>> => thrive[id].answers;

function HarmSaid({ harm }: { readonly harm: Harm }) {
  return (
    <>
      {thriveElementIds.map((id) => (
        <div key={id}>
          <b>{`${thrive[id].label}: ${answersOf(id)[harm.thrive[id].answer]}`}</b>
          {harm.thrive[id].note && `. ${visibleText(harm.thrive[id].note)}`}
        </div>
      ))}
      {ndmStageIds.map(
        (id) => harm.ndm[id] && <div key={id}>{`${ndmStages[id].label}: ${visibleText(harm.ndm[id])}`}</div>,
      )}
      <Said>{harm.rationale}</Said>
    </>
  );
}

const options = each(thriveElementIds, (id) =>
  Object.entries(answersOf(id)).map(([value, label]) => ({ value, label })),
);

function ThriveAnswer({ id, answers }: { readonly id: ThriveElement; readonly answers: FormPart<HarmForm['thrive']> }) {
  const { label, ask } = thrive[id];
  const field = fieldsOf(partIn(answers, id));
  return (
    <Box
      role="group"
      aria-label={label}
      sx={{
        display: 'grid',
        gridTemplateColumns: '210px 1fr',
        columnGap: 1.25,
        rowGap: 0.5,
        [listed]: { gridTemplateColumns: 'minmax(0, 1fr)' },
      }}
    >
      <Box sx={{ gridColumn: '1 / -1', color: 'text.secondary' }}>{ask}</Box>
      <SelectIn label={label} options={options[id]} {...field('answer')} />
      <TextIn label={`${label}: what it rests on`} {...field('note')} />
    </Box>
  );
}

/** THRIVE, each answered; the decision model as prompts; and why. */
export function HarmPart({ view }: PartProps) {
  const { harm } = view.state;
  const latest = selectLatest(harm);
  const form = useForm<HarmForm>({
    step: 'harm',
    part: null,
    shape,
    initial: latest ? toForm(latest) : shape,
    toCommand: (value) => ({ type: 'harm.assessed', case: view.state.id, data: toData(value) }),
    done: 'Threat, harm and risk recorded. Saved here.',
  });
  const { field, value } = form;
  const note = fieldsOf(partIn(form, 'ndm'));
  const hasNotes = ndmStageIds.some((id) => value.ndm[id] !== '');
  return (
    <Part
      first
      title="Threat, harm and risk"
      form={form}
      history={harm}
      say={(record) => <HarmSaid harm={record} />}
      action="Record threat, harm and risk"
      again="Assess again"
    >
      {thriveElementIds.map((id) => (
        <ThriveAnswer key={id} id={id} answers={partIn(form, 'thrive')} />
      ))}
      <Box
        component="details"
        // What is recorded is shown.
        open={hasNotes || undefined}
        onToggle={(event) => {
          if (hasNotes) event.currentTarget.open = true;
        }}
      >
        <Box component="summary" sx={{ cursor: 'pointer', mb: 1, fontWeight: 550 }}>
          National Decision Model: notes where they help
        </Box>
        <Box sx={{ display: 'grid', gap: 1.25 }}>
          {ndmStageIds.map((id) => (
            <TextIn key={id} label={ndmStages[id].label} help={ndmStages[id].ask} lines={2} {...note(id)} />
          ))}
        </Box>
      </Box>
      <ReasonsIn lines={3} {...field('rationale')} />
    </Part>
  );
}
