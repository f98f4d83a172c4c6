import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { toLondonDay } from '#renderer/ui/london-input.ts';
import { longDay } from '#renderer/ui/time.ts';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import { selectLatest } from '#shared/domain/event/history.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { ReasonsIn } from '../form/text-fields.tsx';
import { orNull } from '../form/to-shape.ts';
import { useForm } from '../form/use-form.ts';
import { type FollowingProps, Part } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';

const choices = [
  {
    value: 'doNotNotify',
    label: 'Do not notify the subject',
    means: 'Notice would prejudice the matter. Looked at again on a day you name.',
  },
  { value: 'notify', label: 'The subject may be notified', means: 'As soon as practicable (SI 2020/2 reg 17).' },
] as const;

interface NotificationForm {
  readonly choice: (typeof choices)[number]['value'] | '';
  readonly reviewOn: string;
  readonly why: string;
}
const shape: NotificationForm = { choice: '', reviewOn: '', why: '' };

function NotificationSaid({ said }: { readonly said: DataOf<'notification.set'> }) {
  return (
    <>
      <b>{said.doNotNotify ? 'Do not notify the subject' : 'The subject may be notified'}</b>
      {said.reviewOn && `, review on ${longDay(said.reviewOn)}`}
      <Said>{said.why}</Said>
    </>
  );
}

/** Whether the subject may be told, and when that is looked at again. */
export function NotificationPart({ view, follows }: FollowingProps) {
  const { notification } = view.state;
  const latest = selectLatest(notification);
  const form = useForm<NotificationForm>({
    step: 'mandatory',
    part: 'notification',
    shape,
    initial: {
      choice: latest ? (latest.doNotNotify ? 'doNotNotify' : 'notify') : '',
      reviewOn: latest?.reviewOn ?? '',
      why: '',
    },
    toCommand: ({ choice, reviewOn, why }) => ({
      type: 'notification.set',
      case: view.state.id,
      data: {
        doNotNotify: choice === '' ? null : choice === 'doNotNotify',
        reviewOn: choice === 'notify' ? null : orNull(reviewOn),
        why,
      },
    }),
    done: 'Notification of the subject recorded. Saved here.',
  });
  const { field, value, problem } = form;
  return (
    <Part
      title="Notification of the subject"
      form={form}
      history={notification}
      say={(record) => <NotificationSaid said={record} />}
      optional
      follows={follows}
      action="Record"
    >
      <ChoiceIn
        label="May the subject be told?"
        options={choices}
        {...field('choice')}
        problem={problem('doNotNotify') && 'Choose one.'}
      />
      {value.choice !== 'notify' && (
        <WhenIn kind="day" label="Review on" min={toLondonDay(Date.now())} {...field('reviewOn')} />
      )}
      <ReasonsIn {...field('why')} />
    </Part>
  );
}
