import Button from '@mui/material/Button';
import { runAction } from '#renderer/state/action-store.ts';
import type { CaseView } from '#renderer/state/case-store.ts';
import { ariaKeysOf, hintOf } from '#renderer/state/shortcut-list.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { keyed } from '#renderer/ui/keyed.ts';
import { KeyOnButton } from '#renderer/ui/keys.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { When } from '#renderer/ui/when.tsx';
import { sayDisposition } from '#renderer/words/dispositions.ts';
import type { Disposition } from '#shared/domain/disposition/disposition-recorded.ts';
import { dispositions } from '#shared/domain/disposition/dispositions.ts';
import { selectInForce } from '#shared/domain/disposition/dispositions-in-force.ts';
import { selectAssessedPriority } from '#shared/domain/priority/assessed-priority.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { useCaseAhead, useForm } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { Part } from '../record/part.tsx';
import { Said, SignedBy } from '../record/standing.tsx';
import { DispositionDetails, OptionRows } from './disposition-details.tsx';
import { type DispositionForm, dispositionShape, startDisposition, toDisposition } from './disposition-form.ts';
import { Prerequisites } from './prerequisites.tsx';
import { TransferAnswers } from './transfer-answer.tsx';
import { TransferProgress } from './transfer-state.tsx';

/** A disposition in words: what, the options considered, why, and what the other unit answered. */
function DispositionSaid({ disposition }: { readonly disposition: Disposition }) {
  const { options, rationale, answers } = disposition;
  return (
    <>
      <b>{visibleText(sayDisposition(disposition.chosen))}</b>
      {keyed(options, ({ option }) => option).map(({ key, each: { option, why } }) => (
        <div key={key}>{`Considered: ${visibleText(option)}. Not taken: ${visibleText(why)}`}</div>
      ))}
      <Said>{rationale}</Said>
      {answers.map((answer) => (
        <div key={answer.entry}>
          <b>{answer.answer === 'acknowledged' ? 'Acknowledged' : 'Sent back'}</b> <When at={answer.answeredAt} />
          {answer.why && `: ${visibleText(answer.why)}`}
          <SignedBy by={answer} />
        </div>
      ))}
    </>
  );
}

const kinds = optionsOf(dispositions);

/** (g) What becomes of the referral: ten dispositions, none of which deletes anything. */
export function DispositionStep({ view }: { readonly view: CaseView }) {
  const assessment = view.state;
  const { exclusive, safeguarding } = selectInForce(assessment.dispositions);
  const policy = usePolicy();
  const ahead = useCaseAhead() ?? assessment;
  const priority = selectAssessedPriority(ahead, ahead.referral.report)?.priority ?? view.summary.priority;
  const form = useForm<DispositionForm>({
    step: 'disposition',
    part: null,
    shape: dispositionShape,
    initial: startDisposition(priority, Date.now(), policy),
    toCommand: (value) => ({ type: 'disposition.recorded', case: view.state.id, data: toDisposition(value) }),
    done: 'Disposition recorded. Saved here.',
  });
  const { value, change, problem } = form;
  const signed = 'Signed with your name; superseded, never edited.';
  const readers = value.kind === 'otherForce' ? `Goes to the other unit with the referral. ${signed}` : signed;
  return (
    <>
      <Part
        first
        title="Disposition"
        untitled
        form={form}
        history={assessment.dispositions}
        current={[...exclusive, ...safeguarding]}
        // Safeguarding runs beside any other disposition.
        many={exclusive.length < 2 && safeguarding.length < 2}
        say={(record) => <DispositionSaid disposition={record as Disposition} />}
        action="Record the disposition"
        again="Record another disposition"
      >
        <Prerequisites kind={value.kind} state={ahead} />
        <ChoiceIn
          label="What becomes of this referral"
          options={kinds}
          value={value.kind}
          onChange={(kind) => change({ kind })}
          problem={problem('chosen.kind') ?? problem('chosen')}
          help="All are kept. None deletes anything."
        />
        <DispositionDetails view={view} form={form} />
        <OptionRows form={form} />
        <TextIn
          label="Reasons"
          lines={4}
          value={value.rationale}
          onChange={(rationale) => change({ rationale })}
          problem={problem('rationale')}
          help={`What you relied on, what you ruled out, and why. ${readers}`}
        />
      </Part>
      <TransferProgress />
      <TransferAnswers view={view} />
      <Button
        variant="outlined"
        onClick={() => runAction('policyLog')}
        aria-keyshortcuts={ariaKeysOf('policyLog')}
        sx={{ mt: 2.5 }}
      >
        Policy log
        <KeyOnButton>{hintOf('policyLog')}</KeyOnButton>
      </Button>
    </>
  );
}
