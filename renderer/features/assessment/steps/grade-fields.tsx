import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useCase } from '#renderer/state/case-store.ts';
import { ChecksIn } from '#renderer/ui/checks-in.tsx';
import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import type { Grade } from '#shared/domain/assessment/grade-schema.ts';
import { gradingWarnings } from '#shared/domain/assessment/grading.ts';
import {
  assessmentGradeIds,
  assessmentGrades,
  handlingGradeIds,
  handlingGrades,
  sourceGradeIds,
  sourceGrades,
} from '#shared/domain/assessment/tables/grading-scales.ts';
import { actionCodes, sanitisationCodes } from '#shared/domain/assessment/tables/handling-codes.ts';
import type { Form } from '../form/use-form.ts';
import { type GradeForm, needsJudge, toGrade } from './grade-form.ts';

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

function Scales({ form: { value, change, problem, still } }: FieldsProps) {
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '0.8fr 1.3fr 1.2fr', gap: 1.5 }}>
      <ChoiceIn
        label="Source"
        options={sources}
        value={value.source}
        onChange={(source) => change({ source })}
        problem={problem('source')}
        disabled={still}
      />
      <ChoiceIn
        label="Information"
        options={assessments}
        value={value.assessment}
        onChange={(assessment) => change({ assessment })}
        problem={problem('assessment')}
        disabled={still}
      />
      <ChoiceIn
        label="Handling"
        options={handlings}
        value={value.handling}
        onChange={(handling) => change({ handling })}
        problem={problem('handling')}
        disabled={still}
      />
    </Box>
  );
}

function Conditions({ form: { value, change, problem, still } }: FieldsProps) {
  return (
    <Box
      role="group"
      aria-label="Handling conditions"
      sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.25 }}
    >
      <SelectIn
        label="Action code"
        none="None"
        options={actions}
        value={value.action}
        onChange={(action) => change({ action })}
        problem={problem('conditions.action')}
        disabled={still}
      />
      <SelectIn
        label="Sanitisation code"
        none="None"
        options={sanitisations}
        value={value.sanitisation}
        onChange={(sanitisation) => change({ sanitisation })}
        problem={problem('conditions.sanitisation')}
        disabled={still}
      />
      <Box sx={{ gridColumn: '1 / -1' }}>
        <TextIn
          label="Other conditions"
          value={value.other}
          onChange={(other) => change({ other })}
          problem={problem('conditions.other')}
          disabled={still}
        />
      </Box>
    </Box>
  );
}

/** B: another referral, or a record. Never one with the same origin. */
function Corroboration({ form: { value, change, problem, still } }: FieldsProps) {
  const matches = useCase((state) => state.matches) ?? [];
  const options = matches.map(({ case: id, reference, subject }) => ({
    value: id as string,
    label: `${reference} ${subject}`,
  }));
  return (
    <>
      {options.length > 0 && (
        <ChecksIn
          label="Other referrals that corroborate it"
          options={options}
          values={value.referrals}
          onChange={(referrals) => change({ referrals })}
          problem={problem('corroboratedBy')}
          disabled={still}
        />
      )}
      <TextIn
        label="A record that corroborates it"
        value={value.record}
        onChange={(record) => change({ record })}
        problem={options.length > 0 ? problem('corroboratedBy.0.what') : problem('corroboratedBy')}
        help="What was found by research, and where: never what has the same origin."
        disabled={still}
      />
    </>
  );
}

/** A grade, what to stop at, and what the chosen values require. */
export function GradeFields({ form, regrade }: FieldsProps & { readonly regrade: boolean }) {
  const { value, change, problem, still } = form;
  const judged = needsJudge(value);
  const complete = value.source && value.assessment && value.handling;
  const warnings = complete ? gradingWarnings(toGrade(value) as Grade) : [];
  return (
    <>
      <Scales form={form} />
      {warnings.length > 0 && (
        <Alert severity="warning" variant="outlined" role="status">
          {warnings.map((warning) => (
            <div key={warning}>{warning}</div>
          ))}
        </Alert>
      )}
      {value.handling === 'C' && <Conditions form={form} />}
      {value.assessment === 'B' && <Corroboration form={form} />}
      {judged && (
        <TextIn
          label="Who judged so"
          value={value.judgedBy}
          onChange={(judgedBy) => change({ judgedBy })}
          problem={problem('judgedBy')}
          disabled={still}
        />
      )}
      {(judged || regrade) && (
        <TextIn
          label={regrade ? 'Why it is graded again' : 'Why'}
          lines={2}
          value={value.why}
          onChange={(why) => change({ why })}
          problem={problem('why')}
          disabled={still}
        />
      )}
    </>
  );
}
