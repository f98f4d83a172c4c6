import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { fromLondonInput } from '#renderer/ui/london-input.ts';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { near } from '#renderer/ui/time.ts';
import { useNow } from '#renderer/ui/use-now.ts';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import { type IopcMode, iopcModes } from '#shared/domain/iopc/iopc.ts';
import type { IopcReferral } from '#shared/domain/iopc/iopc-referred.ts';
import { NoteIn } from '../form/text-fields.tsx';
import { orNull } from '../form/to-shape.ts';
import { useForm, useOpenedAt } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { Part, type PartProps } from '../record/part.tsx';

interface AnswerForm {
  readonly mode: IopcMode | '';
  readonly answeredAt: string;
  readonly reference: string;
  readonly note: string;
}
const shape: AnswerForm = { mode: '', answeredAt: '', reference: '', note: '' };
const modes = optionsOf(iopcModes);

function AnswerPart({ view, referral }: PartProps & { readonly referral: IopcReferral }) {
  const now = useNow();
  const openedAt = useOpenedAt();
  const form = useForm<AnswerForm>({
    step: 'mandatory',
    part: `answer.${referral.entry}`,
    shape,
    initial: { ...shape, answeredAt: openedAt },
    toCommand: ({ mode, answeredAt, reference, note }) => ({
      type: 'iopc.answered',
      case: view.state.id,
      data: {
        referral: referral.entry,
        mode,
        answeredAt: fromLondonInput(answeredAt),
        reference: orNull(reference),
        note: orNull(note),
      },
    }),
    done: 'Answer of the IOPC recorded. Saved here.',
  });
  const { field } = form;
  return (
    <Part
      title={`Answer of the IOPC to what was sent ${near(Date.parse(referral.sentAt), now)}`}
      form={form}
      optional
      action="Record the answer"
    >
      <ChoiceIn label="Mode of investigation" options={modes} {...field('mode')} />
      <WhenIn kind="instant" label="Answered" {...field('answeredAt')} />
      <TextIn label="Reference of the IOPC" {...field('reference')} />
      <NoteIn {...field('note')} />
    </Part>
  );
}

/** One for each referral that the IOPC has not answered. A second answer to the same is a re-notification's. */
export function AnswerParts({ view }: PartProps) {
  const open = view.state.iopc.filter(({ answers }) => answers.length === 0);
  return open.map((referral) => <AnswerPart key={referral.entry} view={view} referral={referral} />);
}
