import Button from '@mui/material/Button';
import { runAction } from '#renderer/state/action-store.ts';
import { ariaKeysOf, hintOf } from '#renderer/state/shortcut-list.ts';
import { goToStep } from '#renderer/state/step-store.ts';
import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { KeyOnButton } from '#renderer/ui/keys.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import type { Disposition } from '#shared/domain/disposition/disposition-recorded.ts';
import { dispositions } from '#shared/domain/disposition/dispositions.ts';
import { selectInForce } from '#shared/domain/disposition/dispositions-in-force.ts';
import type { CaseView } from '../case-view.ts';
import { useForm } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { Part } from '../record/part.tsx';
import { DispositionDetails, OptionRows } from './disposition-details.tsx';
import { type DispositionForm, dispositionShape, startDisposition, toDisposition } from './disposition-form.ts';
import { DispositionSaid } from './disposition-said.tsx';
import { TransferAnswers } from './transfer-answer.tsx';
import { TransferProgress } from './transfer-state.tsx';

const kinds = optionsOf(dispositions);

/** (g) What becomes of the referral: nine dispositions, none of which deletes anything. */
export function DispositionStep({ view }: { readonly view: CaseView }) {
  const assessment = view.state;
  const { exclusive, safeguarding } = selectInForce(assessment.dispositions);
  const form = useForm<DispositionForm>({
    step: 'disposition',
    part: null,
    shape: dispositionShape,
    initial: startDisposition(view.summary.priority, Date.now()),
    toCommand: (value) => ({ type: 'disposition.recorded', case: view.state.id, data: toDisposition(value) }),
    done: 'Disposition recorded. Saved here.',
    after: () => goToStep('disposition'),
  });
  const { value, change, problem, still } = form;
  const signed = 'Signed with your name; superseded, never edited.';
  const readers = value.kind === 'otherForce' ? `Goes to the other unit with the referral. ${signed}` : signed;
  return (
    <>
      <Part
        first
        title="Disposition"
        form={form}
        history={assessment.dispositions}
        current={[...exclusive, ...safeguarding]}
        // Safeguarding runs beside any other disposition.
        many={exclusive.length < 2 && safeguarding.length < 2}
        say={(record) => <DispositionSaid disposition={record as Disposition} />}
        action="Record the disposition"
        again="Record another disposition"
      >
        <ChoiceIn
          label="What becomes of this referral"
          options={kinds}
          value={value.kind}
          onChange={(kind) => change({ kind })}
          problem={problem('chosen.kind') ?? problem('chosen')}
          help="All are kept. None deletes anything."
          disabled={still}
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
          disabled={still}
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
