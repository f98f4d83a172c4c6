import type { CaseView } from '#renderer/state/case-store.ts';
import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { fromLondonInput } from '#renderer/ui/london-input.ts';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import type { Disposition } from '#shared/domain/disposition/disposition-recorded.ts';
import { selectInForce } from '#shared/domain/disposition/dispositions-in-force.ts';
import { orNull } from '../form/to-shape.ts';
import { useForm, useOpenedAt } from '../form/use-form.ts';
import { Part } from '../record/part.tsx';

const answers = [
  { value: 'acknowledged', label: 'Acknowledged', means: 'The other unit has it.' },
  { value: 'sentBack', label: 'Sent back', means: 'It is ours again, to be decided once more.' },
] as const;

interface AnswerForm {
  readonly answer: (typeof answers)[number]['value'] | '';
  readonly answeredAt: string;
  readonly why: string;
}
const shape: AnswerForm = { answer: '', answeredAt: '', why: '' };

function TransferAnswer({ view, disposition }: { readonly view: CaseView; readonly disposition: Disposition }) {
  const openedAt = useOpenedAt();
  const form = useForm<AnswerForm>({
    step: 'disposition',
    part: `transfer.${disposition.entry}`,
    shape,
    initial: { ...shape, answeredAt: openedAt },
    toCommand: ({ answer, answeredAt, why }) => ({
      type: 'transfer.answered',
      case: view.state.id,
      data: {
        disposition: disposition.entry,
        answer,
        answeredAt: fromLondonInput(answeredAt),
        why: orNull(why),
      },
    }),
    done: 'Answer of the other force recorded. Saved here.',
  });
  const { field } = form;
  return (
    <Part title="Answer of the other force" form={form} optional action="Record the answer">
      <ChoiceIn label="What they answered" options={answers} {...field('answer')} />
      <WhenIn kind="instant" label="Answered" {...field('answeredAt')} />
      <TextIn label="Why" lines={2} {...field('why')} />
    </Part>
  );
}

/** For each transfer that the other unit has not answered through the endpoint. */
export function TransferAnswers({ view }: { readonly view: CaseView }) {
  const open = selectInForce(view.state.dispositions).exclusive.filter(
    ({ chosen, answers: given }) => chosen.kind === 'otherForce' && given.length === 0,
  );
  return open.map((disposition) => <TransferAnswer key={disposition.entry} view={view} disposition={disposition} />);
}
