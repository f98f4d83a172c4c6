import Box from '@mui/material/Box';
import { useState } from 'react';
import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { fromLondonInput, toLondonInput } from '#renderer/ui/london-input.ts';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { absolute } from '#renderer/ui/time.ts';
import { visibleText } from '#renderer/ui/visible-text.ts';
import { When } from '#renderer/ui/when.tsx';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import { assessmentOf } from '#shared/domain/assessment/assessment-of.ts';
import type { IopcReferral } from '#shared/domain/assessment/assessment-state.ts';
import { isIopcOwed, selectIopcDeadline } from '#shared/domain/assessment/iopc-clock.ts';
import { type IopcReferralKind, iopcModes, iopcReferralKinds } from '#shared/domain/assessment/tables/iopc.ts';
import type { CaseView } from '../case-view.ts';
import { orNull } from '../form/to-shape.ts';
import { useForm } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { Part } from '../record/part.tsx';
import { SignedBy } from '../record/signed-by.tsx';
import { Said } from '../record/standing.tsx';

function ReferralSaid({ referral }: { readonly referral: IopcReferral }) {
  const { kind, sentAt, what, why, lateReason, answers } = referral;
  return (
    <>
      <b>{iopcReferralKinds[kind].label}</b>, sent <When at={sentAt} full />
      <Said>{visibleText(what)}</Said>
      {why && <Said>{visibleText(why)}</Said>}
      {lateReason && <Said>{`Late, because: ${visibleText(lateReason)}`}</Said>}
      {answers.length === 0 && <div>The IOPC has not answered yet.</div>}
      {answers.map((answer) => (
        <div key={answer.entry}>
          <b>{`Answer: ${iopcModes[answer.mode].label}`}</b>, <When at={answer.answeredAt} full />
          {answer.reference && `, reference ${visibleText(answer.reference)}`}
          {answer.note && <Said>{visibleText(answer.note)}</Said>}
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

interface Props {
  readonly view: CaseView;
  readonly after: () => void;
}

/** What was sent to the IOPC, when, and what it answered. More than one may be: a re-notification follows a referral. */
export function IopcReferralPart({ view, after }: Props) {
  const assessment = assessmentOf(view.state);
  const [openedAt] = useState(() => toLondonInput(Date.now()));
  const owed = isIopcOwed(assessment);
  const due = selectIopcDeadline(assessment)?.dueAt ?? null;
  const form = useForm<ReferralForm>({
    step: 'mandatory',
    part: 'iopc',
    shape,
    initial: { kind: owed ? 'mandatory' : '', sentAt: openedAt, what: '', why: '', lateReason: '' },
    toCommand: ({ kind, sentAt, what, why, lateReason }) => ({
      type: 'recordIopcReferral',
      case: view.state.id,
      data: {
        kind: kind as IopcReferralKind,
        sentAt: fromLondonInput(sentAt),
        what,
        why: kind === 'mandatory' ? null : orNull(why),
        lateReason: orNull(lateReason),
      },
    }),
    beside: [
      [/after the deadline/, 'lateReason'],
      [/later than now/, 'sentAt'],
      [/circumstances|later facts/, 'why'],
      [/criteria are met|referred to the IOPC before/, 'kind'],
    ],
    done: 'Referral to the IOPC recorded. Saved here.',
    after,
  });
  const { value, change, problem, still } = form;
  const late = due !== null && Date.parse(fromLondonInput(value.sentAt)) > Date.parse(due);
  return (
    <Part
      title="Referral to the IOPC"
      form={form}
      history={assessment.iopc}
      current={assessment.iopc}
      many
      optional
      say={(record) => <ReferralSaid referral={record as IopcReferral} />}
      action="Record a referral"
      again="Record another"
      lead={owed && due && <Box sx={{ fontWeight: 650 }}>{`Not sent yet. Due ${absolute(Date.parse(due))}.`}</Box>}
    >
      <ChoiceIn
        label="What was sent"
        options={kinds}
        value={value.kind}
        onChange={(kind) => change({ kind })}
        problem={problem('kind')}
        disabled={still}
      />
      <WhenIn
        kind="instant"
        label="Sent"
        value={value.sentAt}
        onChange={(sentAt) => change({ sentAt })}
        problem={problem('sentAt')}
        disabled={still}
      />
      <TextIn
        label="What was sent, and how"
        lines={2}
        value={value.what}
        onChange={(what) => change({ what })}
        problem={problem('what')}
        disabled={still}
      />
      {value.kind && value.kind !== 'mandatory' && (
        <TextIn
          label={whyLabels[value.kind]}
          lines={2}
          value={value.why}
          onChange={(why) => change({ why })}
          problem={problem('why')}
          disabled={still}
        />
      )}
      {(late || value.lateReason) && (
        <TextIn
          label="Why it is late"
          lines={2}
          value={value.lateReason}
          onChange={(lateReason) => change({ lateReason })}
          problem={problem('lateReason')}
          help="It was sent after the deadline."
          disabled={still}
        />
      )}
    </Part>
  );
}
