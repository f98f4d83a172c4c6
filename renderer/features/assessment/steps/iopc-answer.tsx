import { useState } from 'react';
import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { fromLondonInput, toLondonInput } from '#renderer/ui/london-input.ts';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { near } from '#renderer/ui/time.ts';
import { useNow } from '#renderer/ui/use-now.ts';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import { assessmentOf } from '#shared/domain/assessment/assessment-of.ts';
import type { IopcReferral } from '#shared/domain/assessment/assessment-state.ts';
import { type IopcMode, iopcModes } from '#shared/domain/assessment/tables/iopc.ts';
import type { CaseView } from '../case-view.ts';
import { orNull } from '../form/to-shape.ts';
import { useForm } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { Part } from '../record/part.tsx';

interface AnswerForm {
  readonly mode: IopcMode | '';
  readonly answeredAt: string;
  readonly reference: string;
  readonly note: string;
}
const shape: AnswerForm = { mode: '', answeredAt: '', reference: '', note: '' };
const modes = optionsOf(iopcModes);

interface Props {
  readonly view: CaseView;
  readonly after: () => void;
}

function AnswerPart({ view, referral, after }: Props & { readonly referral: IopcReferral }) {
  const now = useNow();
  const [openedAt] = useState(() => toLondonInput(Date.now()));
  const form = useForm<AnswerForm>({
    step: 'mandatory',
    part: `answer.${referral.entry}`,
    shape,
    initial: { mode: '', answeredAt: openedAt, reference: '', note: '' },
    toCommand: ({ mode, answeredAt, reference, note }) => ({
      type: 'recordIopcAnswer',
      case: view.state.id,
      data: {
        referral: referral.entry,
        mode: mode as IopcMode,
        answeredAt: fromLondonInput(answeredAt),
        reference: orNull(reference),
        note: orNull(note),
      },
    }),
    beside: [[/IOPC cannot have/, 'answeredAt']],
    done: 'Answer of the IOPC recorded. Saved here.',
    after,
  });
  const { value, change, problem, still } = form;
  return (
    <Part
      title={`Answer of the IOPC to what was sent ${near(Date.parse(referral.sentAt), now)}`}
      form={form}
      history={[]}
      say={() => null}
      optional
      action="Record the answer"
    >
      <ChoiceIn
        label="Mode of investigation"
        options={modes}
        value={value.mode}
        onChange={(mode) => change({ mode })}
        problem={problem('mode')}
        disabled={still}
      />
      <WhenIn
        kind="instant"
        label="Answered"
        value={value.answeredAt}
        onChange={(answeredAt) => change({ answeredAt })}
        problem={problem('answeredAt')}
        disabled={still}
      />
      <TextIn
        label="Reference of the IOPC"
        value={value.reference}
        onChange={(reference) => change({ reference })}
        problem={problem('reference')}
        disabled={still}
      />
      <TextIn
        label="Note"
        lines={2}
        value={value.note}
        onChange={(note) => change({ note })}
        problem={problem('note')}
        disabled={still}
      />
    </Part>
  );
}

/** One for each referral that the IOPC has not answered. A second answer to the same is a re-notification's. */
export function AnswerParts({ view, after }: Props) {
  const open = assessmentOf(view.state).iopc.filter(({ answers }) => answers.length === 0);
  return open.map((referral) => <AnswerPart key={referral.entry} view={view} referral={referral} after={after} />);
}
