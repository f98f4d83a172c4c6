import Box from '@mui/material/Box';
import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { fromLondonInput, londonInstantIn } from '#renderer/ui/london-input.ts';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { absolute } from '#renderer/ui/time.ts';
import { When } from '#renderer/ui/when.tsx';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import { type IopcReferralKind, iopcModes, iopcReferralKinds } from '#shared/domain/iopc/iopc.ts';
import { isIopcOwed, selectIopcDeadline } from '#shared/domain/iopc/iopc-clock.ts';
import type { IopcReferral } from '#shared/domain/iopc/iopc-referred.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { orNull } from '../form/to-shape.ts';
import { useCaseAhead, useForm, useOpenedAt } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { Part, type PartProps } from '../record/part.tsx';
import { Said, SignedBy } from '../record/standing.tsx';

function ReferralSaid({ referral }: { readonly referral: IopcReferral }) {
  const { kind, sentAt, what, why, lateReason, answers } = referral;
  return (
    <>
      <b>{iopcReferralKinds[kind].label}</b>
      {kind === 'calledIn' ? ', notice of ' : ', sent '}
      <When at={sentAt} full />
      <Said>{what}</Said>
      <Said>{why}</Said>
      {lateReason && <Said>{`Late, because: ${lateReason}`}</Said>}
      {answers.length === 0 && <div>The IOPC has not answered yet.</div>}
      {answers.map((answer) => (
        <div key={answer.entry}>
          <b>{`Answer: ${iopcModes[answer.mode].label}`}</b>, <When at={answer.answeredAt} full />
          {answer.reference && `, reference ${visibleText(answer.reference)}`}
          <Said>{answer.note}</Said>
          <SignedBy by={answer} verb="Recorded" />
        </div>
      ))}
    </>
  );
}

interface ReferralForm {
  readonly kind: IopcReferralKind | '';
  readonly sentAt: string;
  readonly what: string;
  readonly why: string;
  readonly lateReason: string;
}
const shape: ReferralForm = { kind: '', sentAt: '', what: '', why: '', lateReason: '' };
const kinds = optionsOf(iopcReferralKinds);
const whyLabels = { voluntary: 'Gravity or exceptional circumstances', renotification: 'Which later facts' } as const;
const asksWhy = (kind: ReferralForm['kind']): kind is keyof typeof whyLabels => kind in whyLabels;

/** What was sent to the IOPC, when, and what it answered. More than one may be: a re-notification follows a referral. */
export function IopcReferralPart({ view }: PartProps) {
  const assessment = view.state;
  const openedAt = useOpenedAt();
  const ahead = useCaseAhead() ?? assessment;
  const owed = isIopcOwed(ahead);
  const due = selectIopcDeadline(ahead)?.dueAt ?? null;
  const isLate = (sentAt: string): boolean => due !== null && (londonInstantIn(sentAt) ?? 0) > Date.parse(due);
  const form = useForm<ReferralForm>({
    step: 'mandatory',
    part: 'iopc',
    shape,
    initial: { ...shape, kind: owed ? 'mandatory' : '', sentAt: openedAt },
    toCommand: ({ kind, sentAt, what, why, lateReason }) => ({
      type: 'iopc.referred',
      case: view.state.id,
      data: {
        kind,
        sentAt: fromLondonInput(sentAt),
        what,
        why: asksWhy(kind) ? orNull(why) : null,
        lateReason: kind === 'mandatory' && isLate(sentAt) ? orNull(lateReason) : null,
      },
    }),
    done: 'Referral to the IOPC recorded. Saved here.',
  });
  const { field, value } = form;
  const calledIn = value.kind === 'calledIn';
  return (
    <Part
      title="Referral to the IOPC"
      form={form}
      history={assessment.iopc}
      current={assessment.iopc}
      many
      optional
      follows={owed}
      say={(record) => <ReferralSaid referral={record} />}
      action="Record a referral"
      again="Record another"
      lead={owed && due && <Box sx={{ fontWeight: 650 }}>{`Not sent yet. Due ${absolute(Date.parse(due))}.`}</Box>}
    >
      <ChoiceIn label="What was sent" options={kinds} {...field('kind')} />
      <WhenIn kind="instant" label={calledIn ? 'When the notice came' : 'Sent'} {...field('sentAt')} />
      <TextIn label={calledIn ? 'What the notice says' : 'What was sent, and how'} lines={2} {...field('what')} />
      {asksWhy(value.kind) && <TextIn label={whyLabels[value.kind]} lines={2} {...field('why')} />}
      {value.kind === 'mandatory' && isLate(value.sentAt) && (
        <TextIn label="Why it is late" lines={2} help="It was sent after the deadline." {...field('lateReason')} />
      )}
    </Part>
  );
}
