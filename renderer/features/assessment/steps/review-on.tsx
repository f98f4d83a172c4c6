import type { CaseView } from '#renderer/state/case-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { counted } from '#renderer/ui/counted.ts';
import { toLondonDay } from '#renderer/ui/london-input.ts';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import { reviewMonths } from '#shared/domain/disposition/review-date.ts';
import { priorities } from '#shared/domain/priority/priorities.ts';
import type { Form } from '../form/use-form.ts';
import type { DispositionForm } from './disposition-form.ts';

interface Props {
  readonly view: CaseView;
  readonly form: Form<DispositionForm>;
}

/** When what is recorded for intelligence is looked at again. */
export function ReviewOn({ view, form: { value, change, problem } }: Props) {
  const { priority } = view.summary;
  const months = reviewMonths(priority, usePolicy());
  const period = `${counted(months, 'month', 'months')}, the unit’s policy for ${priorities[priority].label.toLowerCase()} priority`;
  return (
    <WhenIn
      kind="day"
      label="Review on"
      min={toLondonDay(Date.now())}
      value={value.reviewOn}
      onChange={(reviewOn) => change({ reviewOn })}
      problem={problem('chosen.reviewOn')}
      help={`Default: ${period}. It also comes back when the subject appears again.`}
    />
  );
}
