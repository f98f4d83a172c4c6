import Box from '@mui/material/Box';
import type { CaseView } from '#renderer/state/case-store.ts';
import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { selectLatest } from '#shared/domain/event/history.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { type RiskLevel, riskActions, riskLevels } from '#shared/domain/risk/rara.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { partIn } from '../form/fields.ts';
import { ReasonsIn } from '../form/text-fields.tsx';
import { useForm } from '../form/use-form.ts';
import { Part } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';
import { emptyPerson, PeopleRows, type PersonRow } from './people-rows.tsx';

type Answer = DataOf<'risk.assessed'>['atRiskNow'];

const answers = [
  { value: 'yes', label: 'Yes', means: 'Somebody is at risk now. Say who, at which level, and the response.' },
  { value: 'no', label: 'No', means: 'Nothing points to it. Say what that rests on.' },
  { value: 'unknown', label: 'Cannot be told', means: 'Not enough is known. Say what would settle it.' },
] as const;
const answerWords: Readonly<Record<Answer, string>> = {
  yes: 'Someone is at risk now',
  no: 'Nobody is known to be at risk now',
  unknown: 'Whether anyone is at risk cannot be told',
};
const tones = { critical: 'red', high: 'red', medium: 'amber', standard: 'plain' } as const satisfies Record<
  RiskLevel,
  string
>;

function RiskSaid({ risk }: { readonly risk: DataOf<'risk.assessed'> }) {
  return (
    <>
      <ToneLabel tone={risk.atRiskNow === 'yes' ? 'red' : 'plain'} strong>
        {answerWords[risk.atRiskNow]}
      </ToneLabel>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {risk.people.map(({ who, risk: what, level, action, note }) => (
          <Box component="li" key={`${who} ${what}`} sx={{ mt: 0.5 }}>
            <ToneLabel tone={tones[level]}>{riskLevels[level].label}</ToneLabel> <b>{visibleText(who)}</b>:{' '}
            {visibleText(what)} <b>{riskActions[action].label}</b>: {visibleText(note)}
          </Box>
        ))}
      </Box>
      <Said>{risk.rationale}</Said>
    </>
  );
}

interface RiskForm {
  readonly atRiskNow: Answer | '';
  readonly people: readonly PersonRow[];
  readonly rationale: string;
}
const shape: RiskForm = { atRiskNow: '', people: [emptyPerson], rationale: '' };

/** What the contact centre recorded is where the assessment begins; how grave it is, is for the member to say. */
function toInitial({ state }: CaseView): RiskForm {
  const latest = selectLatest(state.risk);
  if (latest) return { atRiskNow: latest.atRiskNow, people: latest.people, rationale: '' };
  const people = state.referral.report.peopleAtRisk.map(({ who, risk }) => ({ ...emptyPerson, who, risk }));
  return { atRiskNow: '', people, rationale: '' };
}

/** (a) Asked first, before anything is graded: is anyone at risk now? */
export function RiskStep({ view }: { readonly view: CaseView }) {
  const { risk } = view.state;
  const form = useForm<RiskForm>({
    step: 'risk',
    part: null,
    shape,
    initial: toInitial(view),
    toCommand: ({ atRiskNow, people, rationale }) => ({
      type: 'risk.assessed',
      case: view.state.id,
      data: { atRiskNow, people: atRiskNow === 'no' ? [] : people, rationale },
    }),
    done: 'Risk recorded. Saved here.',
  });
  const { field, value } = form;
  return (
    <Part
      first
      title="Is anyone at risk now"
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
    </Part>
  );
}
