import Box from '@mui/material/Box';
import type { CaseView } from '#renderer/state/case-store.ts';
import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { riskAnswers } from '#renderer/words/risk.ts';
import { riskTones } from '#renderer/words/tones.ts';
import { selectLatest } from '#shared/domain/event/history.ts';
import { knewAll } from '#shared/domain/event/signed.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { isLowered } from '#shared/domain/risk/lowered.ts';
import { riskActions, riskLevels } from '#shared/domain/risk/rara.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { partIn } from '../form/fields.ts';
import { ReasonsIn } from '../form/text-fields.tsx';
import { useCaseAhead, useForm } from '../form/use-form.ts';
import { Part } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';
import { emptyPerson, PeopleRows, type PersonRow } from './people-rows.tsx';

type Answer = DataOf<'risk.assessed'>['atRiskNow'];

const answers = [
  { value: 'yes', label: 'Yes', means: 'Somebody is at risk now. Say who, at which level, and the response.' },
  { value: 'no', label: 'No', means: 'Nothing points to it. Say what that rests on.' },
  { value: 'unknown', label: 'Cannot be told', means: 'Not enough is known. Say what would settle it.' },
] as const;

function RiskSaid({ risk }: { readonly risk: DataOf<'risk.assessed'> }) {
  return (
    <>
      <ToneLabel tone={risk.atRiskNow === 'yes' ? 'red' : 'plain'} strong>
        {riskAnswers[risk.atRiskNow]}
      </ToneLabel>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {risk.people.map(({ who, risk: what, level, action, note }) => (
          <Box component="li" key={`${who} ${what}`} sx={{ my: 0.75 }}>
            <b>{visibleText(who)}</b>
            <Facts
              facts={[
                { term: 'Risk level', value: <ToneLabel tone={riskTones[level]}>{riskLevels[level].label}</ToneLabel> },
                { term: 'At risk of', value: visibleText(what) },
                { term: 'Response', value: riskActions[action].label },
                { term: action === 'accept' ? 'Why' : 'What, by whom', value: visibleText(note) },
              ]}
            />
          </Box>
        ))}
      </Box>
      <Said>{risk.rationale}</Said>
      {risk.whyLower && <Said>{`Lower, because: ${risk.whyLower}`}</Said>}
    </>
  );
}

interface RiskForm {
  readonly atRiskNow: Answer | '';
  readonly people: readonly PersonRow[];
  readonly rationale: string;
  readonly whyLower: string;
}
const shape: RiskForm = { atRiskNow: '', people: [emptyPerson], rationale: '', whyLower: '' };

/** What was received is where the assessment begins; how grave it is, is for the member to say. */
function toInitial({ state }: CaseView): RiskForm {
  const latest = selectLatest(state.risk);
  if (latest) return { atRiskNow: latest.atRiskNow, people: latest.people, rationale: '', whyLower: '' };
  const people = state.referral.report.peopleAtRisk.map(({ who, risk }) => ({ ...emptyPerson, who, risk }));
  return { atRiskNow: '', people, rationale: '', whyLower: '' };
}

const toData = ({ atRiskNow, people, rationale }: RiskForm) => ({
  atRiskNow,
  people: atRiskNow === 'no' ? [] : people,
  rationale,
});

/** Once who is at risk, and how gravely, is said of all. */
function isLoweredBy(form: RiskForm, { risk, referral }: CaseView['state']): boolean {
  const { atRiskNow, people } = toData(form);
  const rated = people.flatMap(({ level }) => (level ? [{ level }] : []));
  if (!atRiskNow || rated.length < people.length) return false;
  return isLowered({ atRiskNow, people: rated }, referral.report.peopleAtRisk, risk, knewAll);
}

/** (a) Asked first, before anything is graded: is anyone at risk now? */
export function RiskStep({ view }: { readonly view: CaseView }) {
  const { risk } = view.state;
  const ahead = useCaseAhead() ?? view.state;
  const lowered = (value: RiskForm): boolean => isLoweredBy(value, ahead);
  const form = useForm<RiskForm>({
    step: 'risk',
    part: null,
    shape,
    initial: toInitial(view),
    toCommand: (value) => ({
      type: 'risk.assessed',
      case: view.state.id,
      data: { ...toData(value), ...(lowered(value) && { whyLower: value.whyLower }) },
    }),
    done: 'Risk recorded. Saved here.',
  });
  const { field, value } = form;
  return (
    <Part
      first
      title="Is anyone at risk now"
      untitled
      form={form}
      history={risk}
      say={(record) => <RiskSaid risk={record} />}
      action="Record the risk"
    >
      <ChoiceIn label="Is anyone at risk now?" options={answers} {...field('atRiskNow')} />
      {value.atRiskNow !== 'no' && <PeopleRows people={partIn(form, 'people')} missing={form.problem('people')} />}
      <ReasonsIn
        lines={3}
        help="What this rests on. Signed with your name; superseded, never edited."
        {...field('rationale')}
      />
      {lowered(value) && (
        <TextIn
          label="Why the risk is lower"
          lines={2}
          help={risk.length > 0 ? 'Than it was recorded before.' : 'Than it was received.'}
          {...field('whyLower')}
        />
      )}
    </Part>
  );
}
