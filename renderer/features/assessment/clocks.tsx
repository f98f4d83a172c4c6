import type { CaseView } from '#renderer/state/case-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { absolute, deadline, longDay } from '#renderer/ui/time.ts';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { useNow } from '#renderer/ui/use-now.ts';
import { clockTones, toneOfDecision } from '#renderer/words/tones.ts';
import { isReviewDue } from '#shared/domain/disposition/review-date.ts';
import { selectLatest } from '#shared/domain/event/history.ts';
import { type ClockTone, iopcClock, isWithOtherForce, selectIopcDeadline } from '#shared/domain/iopc/iopc-clock.ts';
import { jurisdictions } from '#shared/domain/jurisdiction/jurisdictions.ts';
import { selectKeptUntil } from '#shared/domain/misconduct/notification-set.ts';
import { type SuspensionClock, selectSuspensionClock } from '#shared/domain/misconduct/suspension-clock.ts';

const words: Readonly<Record<ClockTone, string>> = { calm: 'Due', soon: 'Due soon', breached: 'Breached' };

function IopcClockLine({ view }: { readonly view: CaseView }) {
  const now = useNow();
  const assessment = view.state;
  const clock = iopcClock(assessment, now, usePolicy());
  if (clock) {
    return (
      <ToneLabel tone={clockTones[clock.tone]} strong>
        {`${words[clock.tone]}: ${deadline(Date.parse(clock.dueAt), now)}`}
      </ToneLabel>
    );
  }
  const calledIn = assessment.iopc.find(({ kind }) => kind === 'calledIn');
  const sent = assessment.iopc.find(({ kind }) => kind === 'mandatory');
  if (sent) {
    const due = selectIopcDeadline(assessment)?.dueAt;
    const late = due !== undefined && Date.parse(sent.sentAt) > Date.parse(due);
    return (
      <ToneLabel
        tone={late ? 'red' : 'green'}
      >{`Sent ${absolute(Date.parse(sent.sentAt))}${late ? ', late' : ', in time'}`}</ToneLabel>
    );
  }
  if (calledIn) {
    return <ToneLabel tone="green">{`Called in ${absolute(Date.parse(calledIn.sentAt))}: none is owed`}</ToneLabel>;
  }
  if (isWithOtherForce(assessment)) return <span>With another force, which acknowledged it</span>;
  const elsewhere = selectLatest(assessment.oversight);
  if (elsewhere) return <span>{`Law of ${jurisdictions[elsewhere.jurisdiction].label}: no clock here`}</span>;
  return <span>{assessment.mandatory.length > 0 ? 'No mandatory referral is owed' : 'Not tested yet: step 2'}</span>;
}

function DecisionLine({ dueAt }: { readonly dueAt: string | null }) {
  const now = useNow();
  if (!dueAt) return <span>Decided</span>;
  const due = Date.parse(dueAt);
  return <ToneLabel tone={toneOfDecision(due, now)}>{deadline(due, now)}</ToneLabel>;
}

function ReviewLine({ reviewOn }: { readonly reviewOn: string }) {
  const now = useNow();
  return isReviewDue(reviewOn, now) ? (
    <ToneLabel tone="amber">{`Due: ${longDay(reviewOn)}`}</ToneLabel>
  ) : (
    <span>{longDay(reviewOn)}</span>
  );
}

function SuspensionLine({ decisionDueAt, reviewOn }: SuspensionClock) {
  const now = useNow();
  if (decisionDueAt) {
    const due = Date.parse(decisionDueAt);
    return (
      <ToneLabel tone={toneOfDecision(due, now)}>{`For the authority to decide: ${deadline(due, now)}`}</ToneLabel>
    );
  }
  return reviewOn ? <ReviewLine reviewOn={reviewOn} /> : <span>Put to the authority: no time is set</span>;
}

/** All that runs against this case: the law's clock first. */
export function Clocks({ view }: { readonly view: CaseView }) {
  const { notification } = view.state;
  const keptUntil = selectKeptUntil(notification);
  const suspension = selectSuspensionClock(view.state);
  const { dueAt, assessed } = view.summary;
  return (
    <Section title="Clocks">
      <Facts
        termWidth={120}
        facts={[
          { term: 'IOPC referral', value: <IopcClockLine view={view} /> },
          { term: 'First decision', value: <DecisionLine dueAt={dueAt} /> },
          {
            term: 'Do not notify',
            value: keptUntil ? `Review on ${longDay(keptUntil)}` : null,
          },
          { term: 'Suspension', value: suspension && <SuspensionLine {...suspension} /> },
          { term: 'Review', value: assessed?.reviewOn ? <ReviewLine reviewOn={assessed.reviewOn} /> : null },
        ]}
      />
    </Section>
  );
}
