import { expect, onTestFinished, test } from 'vitest';
import { sanitiseShape, treatedMarks } from '#renderer/features/assessment/steps/sanitise-form.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import { hasWords } from '#renderer/words/say.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import { attachmentSchema } from '#shared/domain/report/attachments.ts';
import { type Report, reportSchema } from '#shared/domain/report/report.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { drawn, patience, seed } from '#tests/support/effort.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { createMemoryHost } from '#tests/support/memory-host.ts';
import { oddStrings, withEachText } from '#tests/support/odd-strings.ts';
import { referralWith, reportWith } from '#tests/support/referrals.ts';
import { foundedOn, startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';
import { caseId, entry, narrative, nothingKnown, otherCase } from '../unit/shared/assessment-fixtures.ts';
import { everyEvent } from '../unit/shared/every-event.ts';

/*
 * Odd text in every field of every report and of every event of a case. What a schema takes is signed, sent, read by a replica
 * that has nothing but the log, and keeps nothing from what comes after it; what it does not take is refused by a code with words.
 */

async function aUnit() {
  const endpoint = await createMemoryEndpoint();
  const [store, host] = [createMemoryStore(), createMemoryHost(endpoint)];
  const { vault, slot, kill } = await foundedOn(store, host);
  onTestFinished(kill);
  /** Knows the member, and nothing of the log. */
  const replica = async (): Promise<RunningVault> => {
    const empty = createMemoryStore();
    for (const [key, row] of store.rows.slots) empty.rows.slots.set(key, row);
    const other = startProcessOn(empty, host);
    onTestFinished(other.kill);
    await unlocked(other.vault, slot);
    await other.vault.call('sync.now', {});
    return other.vault;
  };
  return { endpoint, vault, replica };
}

const ofEmptyStore = new Set<string>(['outbox-note-missing', 'ledger-row', 'not-audited']);

async function expectSound(vault: RunningVault, cases: number): Promise<void> {
  const { trouble, waiting, warnings } = await statusOf(vault);
  // A replica without its notes says so, and that it could not audit before it had read any; nothing is wrong with an entry.
  const found = warnings.filter(({ code }) => !ofEmptyStore.has(code));
  expect({ trouble, waiting, found }).toEqual({ trouble: null, waiting: 0, found: [] });
  const { matching } = await vault.call('queue.page', { query: everyCase, offset: 0, limit: 1 });
  expect(matching).toBe(cases);
}

/** In parts, so that no unit grows beyond what a unit has. */
const inParts = <Each>(all: readonly Each[], size: number): readonly (readonly Each[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

const attachment = {
  ...{
    name: 'IMG_1.jpg',
    type: 'image/jpeg' as const,
    size: 9,
    digest: `${'A'.repeat(42)}A`,
    key: `${'A'.repeat(42)}A`,
  },
  chunks: [`${'A'.repeat(42)}A`],
};

const fullReport: Report = {
  ...reportWith(),
  dates: ['Friday 3 July'],
  places: ['Constructor Road'],
  vehicles: ['White van, AB12 CDE'],
  subjects: [
    {
      ...{ kind: 'officer', name: 'Hollis Marsh', rankOrRole: 'PC', collarNumber: '4411' },
      ...{ station: 'Weymouth', description: 'Tall' },
    },
  ],
  peopleAtRisk: [{ who: 'His partner', risk: 'Threats', urgency: 'high' }],
};

test(
  `a report with odd text in any of its fields comes in as it was taken, and so does what comes after it (seed ${seed})`,
  async () => {
    for (const part of inParts(drawn(oddStrings, 8), 20)) {
      const { endpoint, vault, replica } = await aUnit();
      const taken: { readonly id: StreamId; readonly report: Report }[] = [];
      for (const text of part) {
        for (const each of withEachText(fullReport, text)) {
          const report = reportSchema.safeParse(each);
          if (!report.success) continue;
          const named = attachmentSchema.safeParse({ ...attachment, name: text });
          const referral = { ...referralWith(), report: report.data, attachments: named.success ? [named.data] : [] };
          taken.push({ id: await endpoint.deliver(referral), report: report.data });
        }
      }
      expect(taken.length).toBeGreaterThan(0);
      await endpoint.deliver(referralWith());
      await vault.call('sync.now', {});
      await expectSound(vault, taken.length + 1);
      await expectSound(await replica(), taken.length + 1);
      for (const { id, report } of taken) {
        const view = await vault.call('case.open', { id });
        expect(view.ok && view.value.state.referral.report.narrative).toBe(report.narrative.toWellFormed());
        expect(await vault.call('case.matches', { id })).toBeInstanceOf(Array);
      }
      for (const text of part) {
        await vault.call('queue.page', { query: { ...everyCase, text: text.slice(0, 500) }, offset: 0, limit: 10 });
      }
    }
  },
  patience(120_000),
);

/** What the endpoint, another unit or a further step writes. */
const notHere = new Set([
  'referral.received',
  'attachment.sanitised',
  'transfer.answered',
  'keys.boxed',
  'case.continued',
]);

/** The events of a case that its holder records, in an order in which each may follow. */
const recorded = everyEvent
  .map(({ event, actor }, index) => ({ event, position: index + 1, isByOther: actor !== undefined }))
  .filter(({ event, isByOther }) => !(isByOther || notHere.has(event.type)));

/** As the case and its entries are called here. */
function withOwnNames<Value>(value: Value, names: ReadonlyMap<string, string>): Value {
  const text = [...names].reduce(
    (renamed, [from, to]) => renamed.replaceAll(JSON.stringify(from), JSON.stringify(to)),
    JSON.stringify(value),
  );
  return JSON.parse(text) as Value;
}

/** The marks that go with a sanitised text are found in it. */
const withMarks = (data: object): object =>
  'marks' in data && 'text' in data
    ? {
        ...data,
        marks: treatedMarks(
          narrative,
          { ...sanitiseShape, text: String(data.text), dismissed: [], replacements: [] },
          nothingKnown,
        ),
      }
    : data;

/** Records everything in one case, with the text in each field in turn. @param done kinds of events that were recorded */
async function recordEverything(
  vault: RunningVault,
  [id, other]: readonly [StreamId, StreamId],
  text: string,
  done: Set<string>,
) {
  const names = new Map<string, string>([
    [caseId, id],
    [otherCase, other],
  ]);
  for (const { event, position } of recorded) {
    const data = withOwnNames(event.data, names);
    for (const each of [...withEachText(data, text), data]) {
      const command = { type: event.type, case: id, data: withMarks(each) } as CaseCommand;
      const result = await vault.call('case.record', { command });
      if (!result.ok) {
        expect(hasWords(result.error.code), `${event.type}: ${result.error.code}`).toBe(true);
        continue;
      }
      names.set(entry(position), result.value);
      done.add(event.type);
    }
  }
}

test(
  `odd text in any field of any event of a case is signed so that a replica takes it, or refused in words (seed ${seed})`,
  async () => {
    const done = new Set<string>();
    for (const part of inParts(drawn(oddStrings, 4), 4)) {
      const { endpoint, vault, replica } = await aUnit();
      for (const text of part) {
        const [one, other] = [referralWith({ narrative }), referralWith({ narrative })];
        const ids = [await endpoint.deliver(one), await endpoint.deliver(other)] as const;
        await vault.call('sync.now', {});
        await recordEverything(vault, ids, text, done);
      }
      await vault.call('sync.now', {});
      await expectSound(vault, 2 * part.length);
      expect(await vault.call('log.verify', {})).toEqual([]);
      await expectSound(await replica(), 2 * part.length);
    }
    // What is refused for another reason than its text would prove nothing.
    expect([...done].sort()).toEqual([...new Set(recorded.map(({ event }) => event.type))].sort());
  },
  patience(120_000),
);
