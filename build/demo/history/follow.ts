import type { IopcMode } from '#shared/domain/iopc/iopc.ts';
import { oneMinute } from '#shared/kernel/durations.ts';
import { day } from '../calendar.ts';
import type { Diary } from './diary.ts';
import { reviewOf } from './dispositions.ts';
import { dateOf, isByTwo, isoOf, type PlannedCase } from './fate.ts';
import { atWork } from './hours.ts';
import type { Assessed } from './steps.ts';
import * as words from './words.ts';

/** Nothing follows in the last hours: it would overtake what is decided then. */
const quiet = 0.2 * day;

/** What comes after the decision, as far as the history goes, by whoever decided and so has the case. */
export function follow(diary: Diary, planned: PlannedCase, account: Assessed): void {
  const decidedAt = diary.end;
  const later = follower(diary, planned);
  const { random, fate, index } = planned;
  const sent = diary.markOf('iopc.referred');
  if (sent) {
    later(decidedAt + random.int(5, 12) * day, (at) =>
      diary.add('iopc.answered', {
        ...{ referral: sent, mode: modes[index % modes.length] as IopcMode, answeredAt: isoOf(at - 50 * oneMinute) },
        ...{ reference: `2026/${200_000 + index}`, note: null },
      }),
    );
  }
  if (diary.markOf('disposition.recorded', 'safeguard')) {
    later(decidedAt + random.int(3, 8) * day, () =>
      diary.add('disposition.recorded', {
        ...{ chosen: { kind: 'safeguard', ended: true }, options: [] },
        rationale: words.safeguardEndedWords,
      }),
    );
  }
  if (fate.suspension) putSuspension(diary, planned, account);
  if (fate.investigated) endInvestigation(later, diary, planned, account, decidedAt);
  else if (fate.disposition === 'record') review(later, diary, planned, account, decidedAt);
}

const modes: readonly IopcMode[] = ['local', 'returnedToForce', 'local', 'directed', 'returnedToForce', 'independent'];

/** Does something in a sitting of its own, unless the history has ended by then. */
type Later = (from: number, task: (at: number) => void) => void;

const follower =
  (diary: Diary, planned: PlannedCase): Later =>
  (from, task) => {
    const at = Math.max(atWork(planned.random, from), diary.end);
    if (at > planned.until - quiet) return;
    diary.sit(isByTwo(planned) ? planned.supervisor : planned.analyst, at);
    task(at);
  };

function putSuspension(diary: Diary, { fate, supervisor, meant, until }: PlannedCase, account: Assessed): void {
  const putAt = diary.end;
  const behaviourOn = dateOf(putAt - 60 * day);
  const put = {
    ...{ subject: meant.intake.report.subjects[0]?.kind, behaviourOn, allegedOn: dateOf(putAt), listedAt: null },
    ...{ putAt: isoOf(putAt), putTo: 'Deputy Chief Constable, appropriate authority' },
    why: words.suspensionWords(account),
  };
  diary.add('suspension.put', { ...put, decision: null });
  if (fate.suspension !== 'suspended') return;
  const decidedAt = until - 10 * day;
  diary.sit(supervisor, decidedAt + 2 * 60 * oneMinute);
  diary.add('suspension.put', {
    ...put,
    decision: {
      ...{ outcome: 'suspended', decidedAt: isoOf(decidedAt), decidedBy: 'Deputy Chief Constable' },
      ...{ why: words.suspendedWords, reviewOn: dateOf(until + 12 * day) },
    },
  });
}

function endInvestigation(
  later: Later,
  diary: Diary,
  { fate, random, index }: PlannedCase,
  account: Assessed,
  decidedAt: number,
): void {
  const isFound = fate.investigated === 'found';
  later(decidedAt + random.int(34, 75) * day, (at) =>
    diary.add('disposition.recorded', {
      chosen: isFound
        ? { kind: 'record', reviewOn: dateOf(at + (300 + (index % 60)) * day) }
        : { kind: 'noFurtherAction' },
      options: [words.considered(isFound ? 'noFurtherAction' : 'record', account)],
      rationale: words.investigatedWords(account, isFound),
    }),
  );
}

/** On the day that was set. */
function review(later: Later, diary: Diary, planned: PlannedCase, account: Assessed, decidedAt: number): void {
  if (planned.fate.review === 'due' || planned.fate.review === null) return;
  const isKept = planned.fate.review === 'kept';
  later(reviewOf(planned, decidedAt) - day, (at) =>
    diary.add('disposition.recorded', {
      chosen: isKept ? { kind: 'record', reviewOn: dateOf(at + 365 * day) } : { kind: 'noFurtherAction' },
      options: isKept ? [] : [words.considered('record', account)],
      rationale: isKept ? words.reviewedWords(account) : words.reviewedOutWords(account),
    }),
  );
}
