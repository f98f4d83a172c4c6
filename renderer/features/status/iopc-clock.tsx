import Button from '@mui/material/Button';
import { runAction } from '#renderer/state/action-store.ts';
import { labelWithKeys } from '#renderer/state/shortcut-list.ts';
import type { useStatus } from '#renderer/state/status-store.ts';
import { counted } from '#renderer/ui/counted.ts';
import { hidden } from '#renderer/ui/hidden.ts';
import { absolute, deadline, span } from '#renderer/ui/time.ts';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { useNow } from '#renderer/ui/use-now.ts';
import { clockTones } from '#renderer/words/tones.ts';
import { type ClockTone, toneOf } from '#shared/domain/iopc/iopc-clock.ts';

type Status = NonNullable<ReturnType<typeof useStatus.getState>['status']>;
type Owed = NonNullable<Status['iopcOwed']>;

interface Clock {
  readonly tone: ClockTone;
  readonly words: string;
  readonly title: string;
  /** Read out when it changes, which is when the clock turns: it must not count down. */
  readonly turned: string;
}

const casesIn = (owed: Owed): number => owed.reduce((sum, { cases }) => sum + cases, 0);

function readClock(owed: Owed, now: number): Clock | null {
  const [first] = owed;
  if (!first) return null;
  const { reference, dueAt } = first;
  const due = Date.parse(dueAt);
  const { tone, remaining } = toneOf(due, now);
  const all = casesIn(owed);
  const overdue = casesIn(owed.filter((each) => toneOf(Date.parse(each.dueAt), now).tone === 'breached'));
  const total = `${counted(all, 'referral is', 'referrals are')} owed to the IOPC, ${overdue} overdue.`;
  const title = `${reference}: refer by ${deadline(due, now)}. ${total} ${labelWithKeys('goIopc')}`;
  if (tone === 'breached') {
    const words = overdue > 1 ? `${overdue} overdue, ${reference} first` : `${reference} overdue by ${span(remaining)}`;
    const turned = `${counted(overdue, 'referral', 'referrals')} to the IOPC overdue, ${reference} first`;
    return { tone, title, turned, words: `IOPC: ${words}` };
  }
  const others = all > 1 ? `, ${all - 1} more` : '';
  const turned = tone === 'lastDay' ? `${reference} must be referred to the IOPC by ${absolute(due)}` : '';
  return { tone, title, turned, words: `IOPC: ${reference} in ${span(remaining)}${others}` };
}

/** The law's clock over all cases: the first referral that the unit owes to the IOPC, and how to get to it. */
export function IopcClock({ owed }: { readonly owed: Owed }) {
  const clock = readClock(owed, useNow());
  return (
    <>
      <span role="status" style={hidden}>
        {clock?.turned}
      </span>
      {clock ? (
        <Button
          color="inherit"
          onClick={() => runAction('goIopc')}
          title={clock.title}
          sx={{ minHeight: 24, py: 0, fontSize: 12 }}
        >
          <ToneLabel tone={clockTones[clock.tone]} strong>
            {clock.words}
          </ToneLabel>
        </Button>
      ) : (
        <span>No IOPC referral owed</span>
      )}
    </>
  );
}
