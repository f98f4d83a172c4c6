import Box from '@mui/material/Box';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { absolute, longDay } from '#renderer/ui/time.ts';
import { When } from '#renderer/ui/when.tsx';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import { standingWords } from '#renderer/words/unit-policy.ts';
import { selectLatest } from '#shared/domain/event/history.ts';
import {
  regimeOf,
  type SuspensionRegime,
  suspensionOutcomes,
  suspensionRegimes,
} from '#shared/domain/misconduct/suspension.ts';
import { selectSuspensionClock } from '#shared/domain/misconduct/suspension-clock.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { type Subject, subjectKinds } from '#shared/domain/report/report.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { ReasonsIn } from '../form/text-fields.tsx';
import { type Form, useForm, useOpenedAt } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { type FollowingProps, Part } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';
import { regimeIn, type SuspensionForm, startSuspension, suspensionShape, toSuspension } from './suspension-form.ts';

const subjects = Object.entries(subjectKinds).map(([value, { means }]) => ({
  value: value as Subject['kind'],
  label: means,
}));
const outcomes = optionsOf(suspensionOutcomes);

function SuspensionSaid({ put }: { readonly put: DataOf<'suspension.put'> }) {
  const regime = regimeOf(put);
  const { putTo, putAt, why, decision } = put;
  return (
    <>
      <b>{`Put to ${visibleText(putTo)}`}</b>, <When at={putAt} full />
      <div>
        {regime
          ? `${suspensionRegimes[regime].label} (${standingWords[suspensionRegimes[regime].standing].toLowerCase()}).`
          : 'No clock of the Conduct Regulations.'}
      </div>
      <Said>{why}</Said>
      {decision ? (
        <>
          <div>
            <b>{suspensionOutcomes[decision.outcome].label}</b>
            {`: decided by ${visibleText(decision.decidedBy)}, `}
            <When at={decision.decidedAt} full />
            {decision.reviewOn && `, review on ${longDay(decision.reviewOn)}`}
          </div>
          <Said>{decision.why}</Said>
        </>
      ) : (
        <div>The authority has not decided yet.</div>
      )}
    </>
  );
}

const asksDates = ({ subject }: SuspensionForm): boolean => subject !== '' && subjectKinds[subject].conductRegulations;

/** Which law it is put under, and how far that was read. */
function RegimeLine({ regime, form }: { readonly regime: SuspensionRegime | null; readonly form: SuspensionForm }) {
  if (!regime) {
    const none = form.subject && !asksDates(form);
    return none ? <Box role="status">These Regulations set no clock for such a subject.</Box> : null;
  }
  const { label, means, source, standing } = suspensionRegimes[regime];
  return (
    <Box role="status" sx={{ maxWidth: '75ch' }}>
      <b>{label}. </b>
      {means}
      <Box sx={{ fontSize: 12, color: 'text.secondary' }}>
        {`${source}. ${standingWords[standing]}: check before relying on it.`}
      </Box>
    </Box>
  );
}

function WhatAndWhen({ form }: { readonly form: Form<SuspensionForm> }) {
  const { field, value } = form;
  const regime = regimeIn(value);
  return (
    <>
      <SelectIn label="The subject serves as" options={subjects} width={320} {...field('subject')} />
      {asksDates(value) && (
        <>
          <WhenIn kind="day" label="First day of the behaviour" {...field('behaviourOn')} />
          <WhenIn kind="day" label="Day of the allegation" {...field('allegedOn')} />
        </>
      )}
      <RegimeLine regime={regime} form={value} />
      {regime === 'duty' && (
        <WhenIn
          kind="instant"
          label="Criminal investigation, assessed as gross misconduct, since"
          help="When there was both a criminal investigation and an assessment as gross misconduct. Three working days run from it; bank holidays are not left out. Empty: not so."
          {...field('listedAt')}
        />
      )}
      <WhenIn kind="instant" label="Put to the authority" {...field('putAt')} />
      <TextIn label="To whom" help="The appropriate authority, or its delegate." {...field('putTo')} />
      <ReasonsIn {...field('why')} />
    </>
  );
}

function Decision({ form: { field, value } }: { readonly form: Form<SuspensionForm> }) {
  return (
    <>
      <SelectIn
        label="What the authority decided"
        options={outcomes}
        none="Not decided yet"
        width={320}
        {...field('outcome', 'decision.outcome')}
      />
      {value.outcome && (
        <>
          <WhenIn kind="instant" label="Decided" {...field('decidedAt', 'decision.decidedAt')} />
          <TextIn label="Who decided" {...field('decidedBy', 'decision.decidedBy')} />
          <TextIn
            label="Their reasons"
            lines={2}
            help={regimeIn(value) === 'power' ? 'Say that redeployment was considered first, and what came of it.' : ''}
            {...field('decisionWhy', 'decision.why')}
          />
        </>
      )}
      {value.outcome === 'suspended' && (
        <WhenIn kind="day" label="Suspension reviewed on" {...field('reviewOn', 'decision.reviewOn')} />
      )}
    </>
  );
}

/** Suspension is the authority's act: what is recorded here is that it was put to it, and what it decided. */
export function SuspensionPart({ view, follows }: FollowingProps) {
  const { suspension, referral } = view.state;
  const [first, other] = referral.report.subjects;
  const known = first && !other && first.kind !== 'unknown' ? first.kind : '';
  const openedAt = useOpenedAt();
  const due = selectSuspensionClock(view.state)?.decisionDueAt;
  const form = useForm<SuspensionForm>({
    step: 'mandatory',
    part: 'suspension',
    shape: suspensionShape,
    initial: startSuspension(selectLatest(suspension), known, openedAt),
    toCommand: (value) => ({
      type: 'suspension.put',
      case: view.state.id,
      data: toSuspension(value, asksDates(value)),
    }),
    done: 'What was put to the authority is recorded. Saved here.',
  });
  return (
    <Part
      title="Suspension"
      form={form}
      history={suspension}
      say={(record) => <SuspensionSaid put={record} />}
      optional
      follows={follows}
      action="Put to the appropriate authority"
      again="Record what was decided"
      lead={due && <Box sx={{ fontWeight: 650 }}>{`For the authority to decide by ${absolute(Date.parse(due))}.`}</Box>}
    >
      <WhatAndWhen form={form} />
      <Decision form={form} />
    </Part>
  );
}
