import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { usualQuery } from '#renderer/vault/cases/queue-head.ts';
import type { Slot, Vault, VaultEvent, VaultStatus } from '#renderer/vault/vault-api.ts';
import type { CaseCommand } from '#shared/domain/case/decide-case.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { type MemoryUnit, newUnit, passphraseOf, slotOf, viewOf } from './memory-unit.ts';

interface Running {
  readonly vault: Vault;
  stop(): void;
}

const founder = { name: 'Morgan Hale', passphrase: passphraseOf('Morgan Hale') };
const analyst = { name: 'Asha Venn', role: 'analyst' as const, passphrase: passphraseOf('Asha Venn') };
const rationale = 'The report says so, and nothing speaks against it.';
const nobody = '00000000-0000-4000-8000-000000000000' as StreamId;

const risk = (id: StreamId): CaseCommand => ({
  type: 'assessRisk',
  case: id,
  data: { atRiskNow: 'no', people: [], rationale },
});

/**
 * What the screens may rely on in every vault: run against the one of the tests of the screens, on a disk in memory, and
 * against the product's, on Dexie in its worker. One life of a workstation, in this order.
 * @param start a vault on the unit's workstation
 */
export function describeVault(start: (unit: MemoryUnit) => Running): void {
  let unit: MemoryUnit;
  let running: Running;
  let vault: Vault;
  let events: VaultEvent[] = [];
  /** The first case of the queue's order of receipt; each that follows is another. */
  const caseAt = (index: number): StreamId => unit.arrived[index]?.id ?? nobody;

  const restart = (): void => {
    running?.stop();
    running = start(unit);
    ({ vault } = running);
    events = [];
  };
  const latest = (): VaultStatus | undefined =>
    events.flatMap((event) => (event.type === 'status' ? [event.status] : [])).at(-1);
  const heard = (wanted: (status: VaultStatus) => boolean) =>
    vi.waitFor(() => expect(latest() && wanted(latest() as VaultStatus)).toBe(true), { timeout: 10_000 });
  const openAs = async (name: string): Promise<void> => {
    const { id } = await slotOf(vault, name);
    expect(await vault.unlock(id, passphraseOf(name))).toMatchObject({ ok: true, value: { member: { name } } });
    await vault.subscribe((event) => void events.push(event));
  };

  beforeAll(async () => {
    unit = await newUnit();
    restart();
  });
  afterAll(() => running.stop());

  describe('before anyone has it open', () => {
    test('nobody has a slot, and what needs a member is refused', async () => {
      expect(await vault.slots()).toEqual([]);
      await expect(vault.preferences()).rejects.toThrow('locked');
      await expect(vault.openCase(nobody)).rejects.toThrow('locked');
    });

    test('a passphrase is judged', async () => {
      expect(await vault.judgePassphrase('password1', [])).toMatchObject({ acceptable: false });
      expect(await vault.judgePassphrase('seven copper lanterns drift', ['Morgan'])).toMatchObject({
        acceptable: true,
      });
    });

    test('a founder makes the first slot, once', async () => {
      expect(await vault.found(founder)).toMatchObject({ ok: true, value: { name: founder.name, role: 'supervisor' } });
      expect(await vault.found({ ...founder, name: 'Mallory' })).toMatchObject({ ok: false });
      expect((await vault.slots()).map(({ name }) => name)).toEqual([founder.name]);
    });

    test('the right passphrase opens it, once', async () => {
      await openAs(founder.name);
      const { id } = await slotOf(vault, founder.name);
      expect(await vault.unlock(id, founder.passphrase)).toMatchObject({ ok: false, error: { code: 'host' } });
    });
  });

  describe('while it is open', () => {
    test('tells its status to whoever subscribes', async () => {
      await heard(({ online, warnings }) => online && warnings.length === 0);
    });

    test('admits a member', async () => {
      expect(await vault.admit(analyst)).toMatchObject({ ok: true, value: { name: analyst.name, role: 'analyst' } });
      expect((await vault.slots()).map(({ name }: Slot) => name)).toEqual([analyst.name, founder.name]);
    });

    test('gives the queue in pages, counts its choices, and knows the neighbours', async () => {
      await unit.receive(6);
      await vault.syncNow();
      const byReference = { ...usualQuery, sort: { by: 'reference', descending: false } } as const;
      const page = await vault.queuePage(byReference, 2, 3);
      expect(page).toMatchObject({ offset: 2, matching: 6, total: 6 });
      expect(page.rows.map(({ reference }) => reference)).toEqual(['PA-000003', 'PA-000004', 'PA-000005']);
      expect(await vault.queuePage({ ...usualQuery, text: 'PA-000004' }, 0, 10)).toMatchObject({ matching: 1 });
      expect((await vault.queueCounts(usualQuery)).holder).toMatchObject({ anyone: 6, unassigned: 6 });
      expect(await vault.neighbours(byReference, caseAt(0))).toEqual({ previous: null, next: caseAt(1) });
      // One that is not in this view any more is followed by the first that is.
      expect(await vault.neighbours(byReference, nobody)).toEqual({ previous: null, next: caseAt(0) });
      expect(events.map(({ type }) => type)).toContain('queueChanged');
    });

    test('opens a case, and proves its signatures after', async () => {
      const { state, signatures } = await viewOf(vault, caseAt(0));
      expect(state.referral).toEqual(unit.arrived[0]?.referral);
      const [entry] = state.activity;
      expect(signatures).toEqual({ [entry?.entry ?? '']: 'checking' });
      await vi.waitFor(async () =>
        expect((await viewOf(vault, caseAt(0))).signatures).toEqual({ [entry?.entry ?? '']: 'verified' }),
      );
      expect(events).toContainEqual({ type: 'caseChanged', case: caseAt(0) });
      expect(await vault.openCase(nobody)).toMatchObject({ ok: false });
    });

    test('carries out a command, or says why not', async () => {
      const id = caseAt(1);
      expect(await vault.execute(risk(id))).toEqual({ ok: false, error: 'Take the case before you assess it.' });
      expect(await vault.execute({ type: 'take', case: id })).toMatchObject({ ok: true });
      expect(await vault.execute(risk(id))).toMatchObject({ ok: true });
      const { state, summary } = await viewOf(vault, id);
      expect(state.activity.map(({ type }) => type)).toEqual(['referral.received', 'case.taken', 'risk.assessed']);
      expect(summary.holderName).toBe(founder.name);
    });

    test('keeps a draft until it is discarded or recorded', async () => {
      const id = caseAt(1);
      const { savedAt } = await vault.saveDraft(id, 'risk', { rationale: 'Half a thou' });
      await vault.saveDraft(id, 'harm', { threat: 'unknown' });
      const drafts = await vault.loadDrafts(id);
      expect(drafts.risk).toEqual({ value: { rationale: 'Half a thou' }, savedAt });
      expect(Object.keys(drafts).sort()).toEqual(['harm', 'risk']);
      expect(await vault.loadDrafts(caseAt(2))).toEqual({});
      await vault.discardDraft(id, 'harm');
      expect(await vault.execute(risk(id), 'risk')).toMatchObject({ ok: true });
      expect(await vault.loadDrafts(id)).toEqual({});
    });

    test('keeps preferences', async () => {
      expect(await vault.preferences()).toEqual({ savedViews: [] });
      const preferences = { savedViews: [{ name: 'Usual', query: usualQuery }], theme: 'dark' as const };
      await vault.savePreferences(preferences);
      expect(await vault.preferences()).toEqual(preferences);
    });

    test('opens an attachment, and makes a copy of it that tells less', async () => {
      const id = caseAt(5);
      const opened = await vault.openAttachment(id, 0);
      if (!opened.ok) throw new Error(opened.error);
      expect(opened.value).toMatchObject({ name: 'note from the office.txt', type: 'text/plain' });
      expect(new TextDecoder().decode(opened.value.bytes)).toContain('the bags would not be missed');
      expect(await vault.openAttachment(id, 9)).toMatchObject({ ok: false });
      expect(await vault.openAttachment(id, 0, 'sanitised')).toMatchObject({ ok: false });
      expect(await vault.sanitiseAttachment(id, 0)).toMatchObject({ ok: false });
      await vault.execute({ type: 'take', case: id });
      expect(await vault.sanitiseAttachment(id, 0)).toMatchObject({ ok: true });
      const copy = await vault.openAttachment(id, 0, 'sanitised');
      expect(copy).toMatchObject({ ok: true, value: { name: 'attachment-1.txt', bytes: opened.value.bytes } });
    });

    test('finds what may concern the same subject', async () => {
      const { referral } = unit.arrived.find((each) => each.referral.report.subjects[0]?.name) ?? {};
      if (!referral) throw new Error('nobody is named');
      const subjects = referral.report.subjects.map((subject) => ({ ...subject, collarNumber: '4999' }));
      const { id } = await unit.receiveLike({ subjects });
      const { referral: other } = await unit.receiveLike({ subjects });
      await vault.syncNow();
      const [match] = await vault.matches(id);
      expect(match).toMatchObject({ reference: other.reference, recordedAt: null });
      expect(match?.reasons).toContain('Same collar number 4999');
    });

    test('knows the units of other forces, and where a case came from', async () => {
      expect(await vault.units()).toEqual([]);
      expect(await vault.transfers(caseAt(0))).toEqual({ origin: null, sent: [] });
    });

    test('works offline, and sends what waited when it is online again', async () => {
      await vault.syncNow();
      await heard(({ waiting }) => waiting === 0);
      unit.host.goOffline();
      expect(await vault.execute({ type: 'take', case: caseAt(3) })).toMatchObject({ ok: true });
      await heard(({ online, waiting }) => !online && waiting === 1);
      expect((await viewOf(vault, caseAt(3))).summary.waiting).toBe(true);
      await vault.syncNow();
      await heard(({ trouble }) => trouble === 'The endpoint cannot be reached.');
      unit.host.goOnline();
      await heard(({ online, waiting, trouble }) => online && waiting === 0 && trouble === null);
      expect((await viewOf(vault, caseAt(3))).summary.waiting).toBe(false);
    });

    test('stops bringing in when it is asked to, and goes on when it is asked to', async () => {
      await vault.pauseIngest();
      await heard(({ paused }) => paused);
      const { id } = await unit.receiveLike({});
      expect(await vault.openCase(id)).toMatchObject({ ok: false });
      await vault.syncNow();
      await heard(({ paused }) => !paused);
      expect(await vault.openCase(id)).toMatchObject({ ok: true });
    });

    test('checks every entry, and names one that cannot be opened', async () => {
      expect(await vault.verifyLog()).toEqual([]);
      const position = await unit.receiveDamaged('PA-000001');
      await vault.syncNow();
      await heard(({ warnings }) => warnings.length > 0);
      expect(latest()?.warnings).toMatchObject([{ code: 'entry-seal', position, case: caseAt(0) }]);
      expect(await viewOf(vault, caseAt(0))).toMatchObject({ summary: { reference: 'PA-000001' } });
    });
  });

  describe('after it was locked', () => {
    beforeAll(restart);

    test('counts wrong passphrases, and has one wait after some', async () => {
      const { id } = await slotOf(vault, analyst.name);
      let attempts = 0;
      let code = '';
      // The first waits may be over before a slow machine has stretched the passphrase: each is longer than the last.
      do {
        const outcome = await vault.unlock(id, 'wrong');
        code = outcome.ok ? 'opened' : outcome.error.code;
        if (code === 'wrong-passphrase') attempts += 1;
      } while (code === 'wrong-passphrase');
      expect(code).toBe('wait');
      expect(attempts).toBeGreaterThan(2);
      const { waitUntil } = await slotOf(vault, analyst.name);
      await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(waitUntil), { timeout: 30_000 });
      expect(await vault.unlock(id, analyst.passphrase)).toMatchObject({
        ok: true,
        value: { failedAttemptsBefore: attempts, unitName: 'Norbeck Anti-Corruption Unit' },
      });
    });

    test('has all that was recorded for another member, and nothing that is not theirs', async () => {
      expect((await viewOf(vault, caseAt(3))).summary.holderName).toBe(founder.name);
      expect(await vault.preferences()).toEqual({ savedViews: [] });
      expect(await vault.admit({ ...analyst, name: 'Rowan Vale' })).toEqual({
        ok: false,
        error: 'Only a supervisor can admit members.',
      });
      expect(await vault.execute({ type: 'release', case: caseAt(3) })).toMatchObject({ ok: false });
    });
  });
}
