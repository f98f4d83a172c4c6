import type { CaseView } from '#renderer/state/case-store.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { absolute, deadline, longDay } from '#renderer/ui/time.ts';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { useNow } from '#renderer/ui/use-now.ts';
import { clockNames, toneOfClock } from '#renderer/words/clocks.ts';
import { type CaseClock, type ClockId, selectClocks } from '#shared/domain/case/case-clocks.ts';
import { selectCurrent, selectLatest } from '#shared/domain/event/history.ts';
import { isWithOtherForce, selectIopcDeadline } from '#shared/domain/iopc/iopc-clock.ts';
import { jurisdictions } from '#shared/domain/jurisdiction/jurisdictions.ts';

/** In full: the compact names say less. */
const terms: Readonly<Record<ClockId, string>> = {
  ...clockNames,
  disposition: 'Disposition due',
  iopc: 'IOPC referral',
  suspension: 'Suspension, for the authority to decide',
  notification: 'Do not notify, review',
};

function RunningClock({ clock }: { readonly clock: CaseClock }) {
  const now = useNow();
  const { id, due, day } = clock;
  const tone = toneOfClock(clock, now);
  if (day) return tone === 'plain' ? longDay(day) : <ToneLabel tone={tone}>{`Due: ${longDay(day)}`}</ToneLabel>;
  return (
    <ToneLabel tone={tone} strong={id === 'iopc'}>
      {`${id === 'iopc' ? `${due < now ? 'Breached' : 'Owed'}: ` : ''}${deadline(due, now)}`}
    </ToneLabel>
  );
}

/** What became of the duty to refer, while none is owed. */
function IopcLine({ assessment }: { readonly assessment: CaseView['state'] }) {
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
  const calledIn = assessment.iopc.find(({ kind }) => kind === 'calledIn');
  if (calledIn) {
    return <ToneLabel tone="green">{`Called in ${absolute(Date.parse(calledIn.sentAt))}: none is owed`}</ToneLabel>;
  }
  if (isWithOtherForce(assessment)) return <span>With another force, which acknowledged it</span>;
  const elsewhere = selectLatest(assessment.oversight);
  if (elsewhere) return <span>{`Law of ${jurisdictions[elsewhere.jurisdiction].label}: no clock here`}</span>;
  return <span>{assessment.mandatory.length > 0 ? 'No mandatory referral is owed' : 'Not tested yet: step 2'}</span>;
}

/** What became of suspension, while no clock of it runs. */
const suspensionOf = (current: CaseView['state']['suspension']): string =>
  current.every(({ decision }) => decision) ? 'Decided by the authority' : 'Put to the authority: no time is set';

/** All that runs against this case, the nearest first; then what runs no more, and why. */
export function Clocks({ view: { state, summary } }: { readonly view: CaseView }) {
  const running = selectClocks(summary);
  const runs = (...ids: readonly ClockId[]): boolean => running.some(({ id }) => ids.includes(id));
  const suspension = selectCurrent(state.suspension);
  return (
    <Section title="Clocks">
      <Facts
        termWidth={120}
        facts={[
          ...running.map((clock) => ({ term: terms[clock.id], value: <RunningClock clock={clock} /> })),
          { term: terms.iopc, value: runs('iopc') ? null : <IopcLine assessment={state} /> },
          { term: 'Disposition', value: runs('disposition') ? null : 'Decided' },
          {
            term: 'Suspension',
            value: suspension.length === 0 || runs('suspension', 'suspensionReview') ? null : suspensionOf(suspension),
          },
        ]}
      />
    </Section>
  );
}
