import { expect, test } from 'vitest';
import { repeats } from '#build/demo/history/arrivals.ts';
import { demoSeed } from '#build/demo/history/make-demo.ts';
import { type History, planHistory } from '#build/demo/history/plan-history.ts';
import { inventedMembers } from '#build/demo/members.ts';

import { parseOptions } from '#build/start/options.ts';
import { intakeSchema } from '#shared/domain/report/intake.ts';

const usual = parseOptions([]);
const demoReferrals = usual.ok ? usual.value.referrals : 0;
const day = 86_400_000;
const until = '2026-11-28T17:00:00.000Z';
const end = Date.parse(until);
const history = planHistory({ seed: demoSeed, count: demoReferrals, until });

/** Dispositions in the order in which they are recorded, by case; safeguarding apart. */
function dispositionsOf({ sittings }: History): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { case: index, acts } of sittings) {
    for (const { data } of acts) {
      const { kind } = (data as { chosen?: { kind: string } }).chosen ?? {};
      if (kind && kind !== 'safeguard') found.set(index, [...(found.get(index) ?? []), kind]);
    }
  }
  return found;
}
const dispositions = dispositionsOf(history);
const undecided = history.reports.flatMap((_, index) => (dispositions.has(index) ? [] : [index]));
const acts = history.sittings.flatMap((sitting) => sitting.acts);

test('the same seed plans the same history to the byte, another another', () => {
  const again = planHistory({ seed: demoSeed, count: demoReferrals, until });
  expect(JSON.stringify(again)).toBe(JSON.stringify(history));
  expect(JSON.stringify(planHistory({ seed: 8, count: demoReferrals, until }))).not.toBe(JSON.stringify(history));
});

test.each([7, 8, 9, 10, 11])(
  'reports of seed %i come in over 18 months, as the endpoint takes them, and the last is urgent and of the last hour',
  (seed) => {
    const { reports } = planHistory({ seed, count: demoReferrals, until });
    const times = reports.map(({ intake }) => Date.parse(intake.report.recordedAt));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect((end - (times[0] ?? 0)) / day).toBeGreaterThan(450);
    for (const { intake } of reports) expect(intakeSchema.parse(intake)).toEqual(intake);
    const [last] = reports.slice(-1);
    expect(last?.intake.report.peopleAtRisk[0]?.urgency).toBe('immediate');
    expect(end - (times.at(-1) ?? 0)).toBeLessThan(3_600_000);
  },
);

test.each([1, 2, 12, 17, 18, 40])('of %i referrals there are as many, and the last is urgent', (count) => {
  const { reports } = planHistory({ seed: 7, count, until });
  expect(reports).toHaveLength(count);
  expect(reports.at(-1)?.meaning.nature).toBe('urgent');
});

test('most is decided, by several hands; 10 to 20 are open, some of them in the middle of their assessment', () => {
  expect(undecided.length).toBeGreaterThanOrEqual(10);
  expect(undecided.length).toBeLessThanOrEqual(20);
  const begun = undecided.filter((index) => history.sittings.some((sitting) => sitting.case === index));
  expect(begun.length).toBeGreaterThanOrEqual(3);
  expect(begun.length).toBeLessThan(undecided.length - 3);
  const deciders = new Set(history.sittings.map(({ by }) => by));
  const mayDecide = inventedMembers.filter(({ role }) => role !== 'reviewer').map(({ name }) => name);
  expect([...deciders].sort()).toEqual(mayDecide.toSorted());
  const handsOf = (index: number) =>
    new Set(history.sittings.flatMap((sitting) => (sitting.case === index ? [sitting.by] : []))).size;
  expect(history.reports.filter((_, index) => handsOf(index) > 1).length).toBeGreaterThan(demoReferrals / 3);
});

test('there is every disposition that an invented subject can have, some await approval, and an old one awaits nothing', () => {
  const kinds = new Set([...dispositions.values()].flat());
  expect([...kinds].sort()).toEqual([
    'complaints',
    'investigate',
    'noFurtherAction',
    'notPolicing',
    'otherAgency',
    'otherForce',
    'record',
    'suspectedMalicious',
  ]);
  const awaiting = [...dispositions].flatMap(([index, all]) => (all.at(-1) === 'investigate' ? [index] : []));
  expect(awaiting.length).toBeGreaterThanOrEqual(2);
  expect(awaiting.length).toBeLessThanOrEqual(10);
  for (const index of awaiting) {
    expect(end - Date.parse(history.reports[index]?.intake.report.recordedAt ?? '')).toBeLessThan(30 * day);
  }
});

test.each(['2026-11-29T03:10:00Z', '2026-12-01T11:30:00Z', '2027-01-04T08:00:00Z'])(
  'so it is for who starts at %s',
  (other) => {
    const started = planHistory({ seed: demoSeed, count: demoReferrals, until: other });
    const decided = dispositionsOf(started);
    const open = started.reports.length - decided.size;
    const awaiting = [...decided.values()].filter((all) => all.at(-1) === 'investigate').length;
    expect({ open, enough: open >= 10 && open <= 20 }).toEqual({ open, enough: true });
    expect({ awaiting, enough: awaiting >= 2 && awaiting <= 10 }).toEqual({ awaiting, enough: true });
  },
);

test('one referral to the IOPC was late, with a reason, and the others were in time', () => {
  const referred = acts.filter(({ type }) => type === 'iopc.referred');
  expect(referred.length).toBeGreaterThan(10);
  expect(referred.filter(({ data }) => (data as { lateReason: string | null }).lateReason !== null)).toHaveLength(1);
});

test('suspension was put to the authority, and decided in one case', () => {
  const put = acts.filter(({ type }) => type === 'suspension.put');
  expect(put.filter(({ data }) => (data as { decision: object | null }).decision !== null)).toHaveLength(1);
  expect(put).toHaveLength(3);
});

test('each person who is reported again is so two to four times, and every other only once', () => {
  const counted = new Map<number, number>();
  for (const { meaning } of history.reports) {
    if (meaning.repeat !== null) counted.set(meaning.repeat, (counted.get(meaning.repeat) ?? 0) + 1);
  }
  expect([...counted].sort(([one], [other]) => one - other).map(([, times]) => times)).toEqual([...repeats]);
});

test('what is written in a case names its own subject, and nobody of another case', () => {
  const names = history.reports.map(({ intake }) => intake.report.subjects[0]?.name ?? null);
  for (const { case: index, acts: recorded } of history.sittings) {
    const text = JSON.stringify(recorded.filter(({ type }) => type !== 'item.recorded'));
    const others = names.filter((name) => name?.includes(' ') && name !== names[index]);
    const isNamed = (name: string): boolean =>
      new RegExp(`(?<!\\p{L})${RegExp.escape(name)}(?!\\p{L})`, 'u').test(text);
    for (const other of others) expect(other && isNamed(other), `${other} in ${index}`).toBe(false);
  }
});

test('some come with files of real size: photographs, and a scanned PDF', () => {
  const files = history.reports.flatMap(({ intake }) => intake.attachments);
  const large = files.map(({ type, bytes }) => ({ type, bytes: Buffer.from(bytes, 'base64') }));
  const ofType = (type: string) => large.filter((file) => file.type === type && file.bytes.length > 400_000);
  expect(ofType('image/jpeg')).toHaveLength(4);
  const [scan, ...others] = ofType('application/pdf');
  expect(others).toEqual([]);
  const text = scan?.bytes.toString('latin1') ?? '';
  expect(text.match(/\/DCTDecode \/Length \d+/g)).toHaveLength(2);
  // Where the table of the file says that each object is, it is.
  const table = [...text.slice(text.lastIndexOf('\nxref\n')).matchAll(/^(\d{10}) 00000 n /gm)];
  expect(table).toHaveLength(8);
  for (const [index, [, offset]] of table.entries()) {
    expect(text.slice(Number(offset))).toMatch(new RegExp(`^${index + 1} 0 obj\n`));
  }
});
