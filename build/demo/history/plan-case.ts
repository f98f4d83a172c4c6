import { selectPriority } from '#shared/domain/priority/priorities.ts';
import { oneMinute } from '#shared/kernel/durations.ts';
import { day } from '../calendar.ts';
import { otherForce } from './arrivals.ts';
import { Diary } from './diary.ts';
import { dispositionOf } from './dispositions.ts';
import { dateOf, isByTwo, isoOf, type PlannedCase, plain, profileOf, receivedAt } from './fate.ts';
import { follow } from './follow.ts';
import { atWork, firstRead } from './hours.ts';
import { outOfScope } from './profiles.ts';
import * as steps from './steps.ts';
import * as words from './words.ts';

/** What the unit did about one report, oldest first. */
export function planCase(planned: PlannedCase): Diary {
  const { index, meant, fate, random, until } = planned;
  const diary = new Diary(index);
  if (fate.stage === 'new') return diary;
  const { report } = meant.intake;
  const account = { report, profile: profileOf(meant), subject: words.subjectOf(report), random };
  const latest = until - (fate.stage === 'assessing' ? 40 : 90) * oneMinute;
  const begun = Math.min(firstRead(random, selectPriority(report), receivedAt(meant)), latest);
  if (fate.disposition === 'outOfScope') return planAside(diary, planned, account, begun);
  if (fate.disposition === 'otherForce') return planTransfer(diary, planned, account, begun);
  const item = assess(diary, planned, account, begun);
  if (item === null) return diary;
  decide(diary, planned, account, item);
  follow(diary, planned, account);
  return diary;
}

type Planning = (diary: Diary, planned: PlannedCase, account: steps.Assessed, begun: number) => Diary;

/** One hand is enough for what is not for this unit. */
const planAside: Planning = (diary, { meant, analyst }, account, begun) => {
  const aside = outOfScope[meant.meaning.theme];
  if (!aside) throw new Error(`Nothing says where ${meant.meaning.theme} goes.`);
  const { to, why } = aside;
  const add = diary.sit(analyst, begun);
  steps.take(add);
  steps.assessRisk(add, account);
  steps.testMandatory(add, { ...account, profile: plain }, begun);
  const details = {
    complaints: { department: 'Professional Standards, complaints' },
    otherAgency: { agency: 'Trading Standards' },
  };
  const chosen = { kind: to, ...details[to as keyof typeof details] };
  const options = [words.considered('record', account)].map(({ option }) => ({ option, why }));
  add('disposition.recorded', { chosen, options, rationale: why });
  return diary;
};

/** Who founded the unit decides it: what is sent to another unit leaves from their desk. */
const planTransfer: Planning = (diary, { supervisor, random }, account, begun) => {
  const add = diary.sit(supervisor, atWork(random, begun));
  steps.take(add);
  steps.assessRisk(add, account);
  steps.leaveTest(add);
  const chosen = { kind: 'otherForce', force: otherForce.id, unit: `unit:${otherForce.id}` };
  add('disposition.recorded', { chosen, options: [], rationale: words.transferWords(otherForce.name) });
  return diary;
};

/** The analyst's part. @returns its first item; null in the middle of it, where it ends after the first steps */
function assess(diary: Diary, planned: PlannedCase, account: steps.Assessed, begun: number): string | null {
  const { analyst, fate, random } = planned;
  const { profile } = account;
  const add = diary.sit(analyst, begun);
  steps.take(add);
  steps.assessRisk(add, account);
  if (fate.stage === 'assessing' && fate.iopc !== 'owed' && random.chance(0.3)) return null;
  steps.testMandatory(add, account, begun);
  if (account.report.peopleAtRisk.some(({ urgency }) => urgency !== 'concern')) {
    add('disposition.recorded', {
      ...{ chosen: { kind: 'safeguard', ended: false }, options: [] },
      rationale: words.safeguardWords(account),
    });
  }
  const isFalse = fate.disposition === 'malicious';
  const item = steps.itemise(add, account, profile.severity === 'gross' && random.chance(0.4) ? 2 : 1, isFalse);
  if (fate.stage === 'assessing') return null;
  const { repeatOf: earlier } = fate;
  if (earlier !== null) {
    const link = { case: `case:${earlier}`, reference: `reference:${earlier}`, kind: 'repeat' };
    add('referral.linked', { ...link, why: words.linkWords(account.subject) });
  }
  steps.categorise(add, account);
  if (isByTwo(planned) && random.chance(0.25)) steps.assessSeverity(add, account, 'provisional');
  if (random.chance(isByTwo(planned) ? 0.6 : 0.2)) steps.assessHarm(add, account);
  if (fate.overridden) add('priority.overridden', { priority: 'high', why: words.overrideWords });
  if (isByTwo(planned)) steps.release(add);
  return item;
}

function decide(diary: Diary, planned: PlannedCase, account: steps.Assessed, item: string): void {
  const { fate, random, supervisor, until } = planned;
  if (!isByTwo(planned)) {
    diary.add('disposition.recorded', dispositionOf(planned, account, diary.end, item));
    return;
  }
  const late = fate.iopc === 'late' && account.profile.criteria.length > 0;
  const usual = diary.end + random.int(20, 200) * oneMinute;
  const at = Math.min(late ? diary.end + 4 * day : usual, until - 35 * oneMinute);
  const add = diary.sit(supervisor, at);
  steps.take(add);
  if (account.profile.criteria.length > 0) {
    add('iopc.referred', {
      ...{ kind: 'mandatory', sentAt: isoOf(at), why: null },
      what: words.sentWords(`AS/AC/${1000 + planned.index}`),
      lateReason: late ? words.lateWords : null,
    });
  }
  steps.classifyMatter(add, account, 'delegate');
  steps.assessSeverity(add, account, 'delegate');
  add('disposition.recorded', dispositionOf(planned, account, diary.end, item));
  if (fate.notTold) {
    add('notification.set', { doNotNotify: true, reviewOn: dateOf(until + 9 * day), why: words.notToldWords(account) });
  }
}
