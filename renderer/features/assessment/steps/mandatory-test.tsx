import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { CaseView } from '#renderer/state/case-store.ts';
import { ChecksIn } from '#renderer/ui/checks-in.tsx';
import type { Option } from '#renderer/ui/choice-in.tsx';
import { fromLondonInput, londonInstantIn, toLondonInput } from '#renderer/ui/london-input.ts';
import { absolute, deadline } from '#renderer/ui/time.ts';
import { useNow } from '#renderer/ui/use-now.ts';
import { Warnings } from '#renderer/ui/warnings.tsx';
import { When } from '#renderer/ui/when.tsx';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import { sayCaution } from '#renderer/words/assessment.ts';
import { standingWords } from '#renderer/words/unit-policy.ts';
import { selectLatest } from '#shared/domain/event/history.ts';
import { iopcDueAt } from '#shared/domain/iopc/iopc-clock.ts';
import {
  type MandatoryCriterion,
  mandatoryCriteria,
  mandatoryCriterionIds,
} from '#shared/domain/iopc/mandatory-criteria.ts';
import { mandatoryWarnings } from '#shared/domain/iopc/mandatory-referral-assessed.ts';
import { type SeriousCorruption, seriousCorruption } from '#shared/domain/iopc/serious-corruption.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { ReasonsIn } from '../form/text-fields.tsx';
import { useForm, useOpenedAt } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { Part } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';

type Test = DataOf<'mandatoryReferral.assessed'>;

/** Small print under a criterion: where it stands in law, and how far that was checked. */
function Ask({ id }: { readonly id: MandatoryCriterion }) {
  const { ask, source, standing } = mandatoryCriteria[id];
  return (
    <>
      {ask}
      <Box component="span" sx={{ display: 'block', fontSize: 12 }}>
        {source}
        {standing === 'found' ? '' : `. ${standingWords[standing]}: check before relying on it.`}
      </Box>
    </>
  );
}
const criteriaOptions = mandatoryCriterionIds.map((value) => ({
  value,
  label: mandatoryCriteria[value].label,
  means: <Ask id={value} />,
}));
const corruptionOptions = optionsOf(seriousCorruption);

function TestSaid({ test }: { readonly test: Test }) {
  const { criteria, corruption, becameClearAt, rationale } = test;
  return (
    <>
      <b>{criteria.length > 0 ? 'Must be referred to the IOPC' : 'Need not be referred: no criterion is met'}</b>
      {criteria.length > 0 && <div>{criteria.map((id) => mandatoryCriteria[id].label).join('; ')}</div>}
      {corruption.length > 0 && <div>{corruption.map((id) => seriousCorruption[id].label).join('; ')}</div>}
      {becameClearAt && (
        <div>
          Became clear <When at={becameClearAt} full />. Refer by {absolute(iopcDueAt(Date.parse(becameClearAt)))}.
        </div>
      )}
      <Said>{rationale}</Said>
    </>
  );
}

/** Said by whoever found none: nothing ticked says nothing yet. */
type Answer = MandatoryCriterion | 'none';
const answers: readonly Option<Answer>[] = [
  ...criteriaOptions,
  { value: 'none', label: 'None of these', means: 'It need not be referred.' },
];

/** Whoever ticks a criterion takes "None of these" back, and the other way round. */
const answered = (before: readonly Answer[], now: readonly Answer[]): readonly Answer[] =>
  now.includes('none') && !before.includes('none')
    ? ['none']
    : now.filter((each) => each !== 'none' || now.length === 1);

const criteriaOf = (given: readonly Answer[]): readonly MandatoryCriterion[] => given.filter((each) => each !== 'none');

const answerOf = (latest: Test | null): readonly Answer[] => {
  if (!latest) return [];
  return latest.criteria.length > 0 ? latest.criteria : ['none'];
};

interface TestForm {
  readonly criteria: readonly Answer[];
  readonly corruption: readonly SeriousCorruption[];
  readonly becameClearAt: string;
  readonly rationale: string;
}
const shape = { criteria: [''], corruption: [''], becameClearAt: '', rationale: '' };

function DeadlineLine({ becameClearAt }: { readonly becameClearAt: string }) {
  const now = useNow();
  const clear = londonInstantIn(becameClearAt);
  if (clear === null) return null;
  return (
    <Box role="status" sx={{ fontWeight: 650 }}>
      {`Refer to the IOPC by ${deadline(iopcDueAt(clear), now)}: the end of the next calendar day, weekends included.`}
    </Box>
  );
}

const isMet = ({ criteria }: TestForm): boolean => criteriaOf(criteria).length > 0;

const toData = (form: TestForm) => ({
  criteria: form.criteria.length > 0 ? criteriaOf(form.criteria) : null,
  corruption: form.criteria.includes('seriousCorruption') ? form.corruption : [],
  becameClearAt: isMet(form) ? fromLondonInput(form.becameClearAt) : null,
  rationale: form.rationale,
});

/** The test itself: of the conduct as alleged, whatever its grading. */
export function MandatoryTest({ view }: { readonly view: CaseView }) {
  const { mandatory } = view.state;
  const openedAt = useOpenedAt();
  const latest = selectLatest(mandatory);
  const becameClearAt = latest?.becameClearAt ? toLondonInput(Date.parse(latest.becameClearAt)) : openedAt;
  const form = useForm<TestForm>({
    step: 'mandatory',
    part: null,
    shape,
    initial: { criteria: answerOf(latest), corruption: latest?.corruption ?? [], becameClearAt, rationale: '' },
    toCommand: (value) => ({ type: 'mandatoryReferral.assessed', case: view.state.id, data: toData(value) }),
    done: 'Mandatory-referral test recorded. Saved here.',
  });
  const { field, value } = form;
  const met = isMet(value);
  const data = toData(value);
  const warnings = form.hasDraft ? mandatoryWarnings(view.state, { ...data, criteria: data.criteria ?? [] }) : [];
  const caution = (
    <Alert severity="info" variant="outlined" sx={{ mb: 1 }}>
      Test the conduct as it is alleged, as if it were true. Whether it is, and how it is graded, is no part of the
      test.
    </Alert>
  );
  return (
    <Part
      first
      title="Mandatory-referral test"
      form={form}
      history={mandatory}
      say={(record) => <TestSaid test={record} />}
      action="Record the test"
      lead={caution}
    >
      <ChecksIn
        label="Which criteria would the conduct alleged meet?"
        options={answers}
        {...field('criteria')}
        onChange={(now) => form.change({ criteria: answered(value.criteria, now) })}
        problem={form.problem('criteria') && 'Tick what applies, or “None of these”.'}
      />
      {value.criteria.includes('seriousCorruption') && (
        <ChecksIn label="Which kinds of serious corruption?" options={corruptionOptions} {...field('corruption')} />
      )}
      {met && (
        <>
          <WhenIn
            kind="instant"
            label="When it became clear"
            help={
              value.criteria.includes('directorGeneral')
                ? 'When the IOPC’s notice came or, if that was earlier, when it first became clear that another criterion applies.'
                : 'When it first became clear that a criterion applies. Now, unless it was earlier.'
            }
            {...field('becameClearAt')}
          />
          <DeadlineLine becameClearAt={value.becameClearAt} />
        </>
      )}
      <Warnings of={warnings.map(sayCaution)} />
      <ReasonsIn lines={3} {...field('rationale')} />
    </Part>
  );
}
