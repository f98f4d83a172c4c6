import Box from '@mui/material/Box';
import { useCase } from '#renderer/state/case-store.ts';
import { ChecksIn } from '#renderer/ui/checks-in.tsx';
import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { listed } from '#renderer/ui/theme.ts';
import { Warnings } from '#renderer/ui/warnings.tsx';
import { sayCaution } from '#renderer/words/assessment.ts';
import { gradingWarnings } from '#shared/domain/items/grading.ts';
import {
  actionCodes,
  assessmentGradeIds,
  assessmentGrades,
  handlingGradeIds,
  handlingGrades,
  sanitisationCodes,
  sourceGradeIds,
  sourceGrades,
} from '#shared/domain/items/grading-scales.ts';
import type { Form } from '../form/use-form.ts';
import { type Around, type GradeForm, needsJudge, needsWhy, toGrade } from './grade-form.ts';

const coded = <Id extends string>(ids: readonly Id[], table: Readonly<Record<Id, { readonly label: string }>>) =>
  ids.map((value) => ({ value, label: `${value} ${table[value].label}` }));
const sources = coded(sourceGradeIds, sourceGrades);
const assessments = coded(assessmentGradeIds, assessmentGrades);
const handlings = coded(handlingGradeIds, handlingGrades);
const actions = coded(Object.keys(actionCodes) as (keyof typeof actionCodes)[], actionCodes);
const sanitisations = coded(Object.keys(sanitisationCodes) as (keyof typeof sanitisationCodes)[], sanitisationCodes);

interface FieldsProps {
  readonly form: Form<GradeForm>;
}

function Scales({ form: { field } }: FieldsProps) {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: '0.8fr 1.3fr 1.2fr',
        gap: 1.5,
        [listed]: { gridTemplateColumns: 'minmax(0, 1fr)' },
      }}
    >
      <ChoiceIn label="Source" options={sources} {...field('source')} />
      <ChoiceIn label="Information" options={assessments} {...field('assessment')} />
      <ChoiceIn label="Handling" options={handlings} {...field('handling')} />
    </Box>
  );
}

function Conditions({ form: { field } }: FieldsProps) {
  return (
    <Box
      role="group"
      aria-label="Handling conditions"
      sx={{
        display: 'grid',
        gridTemplateColumns: '1fr 1fr',
        gap: 1.25,
        [listed]: { gridTemplateColumns: 'minmax(0, 1fr)' },
      }}
    >
      <SelectIn label="Action code" none="None" options={actions} {...field('action', 'conditions.action')} />
      <SelectIn
        label="Sanitisation code"
        none="None"
        options={sanitisations}
        {...field('sanitisation', 'conditions.sanitisation')}
      />
      <Box sx={{ gridColumn: '1 / -1' }}>
        <TextIn label="Other conditions" {...field('other', 'conditions.other')} />
      </Box>
    </Box>
  );
}

/** B: another referral, or a record. Never one with the same origin. */
function Corroboration({ form: { field } }: FieldsProps) {
  const matches = useCase((state) => state.matches) ?? [];
  const options = matches.map(({ case: value, reference, subject }) => ({ value, label: `${reference} ${subject}` }));
  return (
    <>
      {options.length > 0 && (
        <ChecksIn
          label="Other referrals that corroborate it"
          options={options}
          {...field('referrals', 'corroboratedBy')}
        />
      )}
      <TextIn
        label="A record that corroborates it"
        help="What was found by research, and where: never what has the same origin."
        {...field('record', options.length > 0 ? 'corroboratedBy.0.what' : 'corroboratedBy')}
      />
    </>
  );
}

/** A grade, what to stop at, and what the chosen values require. */
export function GradeFields({ form, around }: FieldsProps & { readonly around: Around }) {
  const { field, value } = form;
  const { source, assessment, handling } = value;
  const judged = needsJudge(value);
  const warnings =
    source && assessment && handling
      ? gradingWarnings({ source, assessment, handling, conditions: toGrade(value, around).conditions })
      : [];
  return (
    <>
      <Scales form={form} />
      <Warnings of={warnings.map(sayCaution)} />
      {handling === 'C' && <Conditions form={form} />}
      {assessment === 'B' && <Corroboration form={form} />}
      {judged && <TextIn label="Who judged so" {...field('judgedBy')} />}
      {needsWhy(value, around) && (
        <TextIn label={around.isRegrade ? 'Why it is graded again' : 'Why'} lines={2} {...field('why')} />
      )}
    </>
  );
}
