import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Vault } from '#renderer/vault/calls/call-list.ts';
import type { Slot, VaultEvent, VaultStatus } from '#renderer/vault/vault-api.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import { notice } from '#shared/kernel/refusal.ts';
import { type MemoryUnit, newUnit, passphraseOf, slotOf, viewOf } from './memory-unit.ts';
import { grade } from './workstation.ts';

interface Running {
  readonly vault: Vault;
  stop(): void;
}

const founder = { name: 'Morgan Hale', passphrase: passphraseOf('Morgan Hale'), grade };
const analyst = { name: 'Asha Venn', role: 'analyst' as const, passphrase: passphraseOf('Asha Venn'), grade };
const rationale = 'The report says so, and nothing speaks against it.';
const nobody = '00000000-0000-4000-8000-000000000000' as StreamId;

const risk = (id: StreamId): CaseCommand => ({
  type: 'risk.assessed',
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
    expect(await vault.call('slot.unlock', { slot: id, passphrase: passphraseOf(name) })).toMatchObject({
      ok: true,
      value: { member: { name } },
    });
    await vault.subscribe((event) => void events.push(event));
  };

  beforeAll(async () => {
    unit = await newUnit();
    restart();
  });
  afterAll(() => running.stop());

  describe('before anyone has it open', () => {
    test('nobody has a slot, and what needs a member is refused', async () => {
      expect(await vault.call('slots.list', {})).toEqual({ unit: null, slots: [] });
      await expect(vault.call('preferences.load', {})).rejects.toThrow('vault-locked');
      await expect(vault.call('case.open', { id: nobody })).rejects.toThrow('vault-locked');
    });

    test('a passphrase is judged', async () => {
      expect(await vault.call('passphrase.judge', { passphrase: 'password1', personal: [] })).toMatchObject({
        acceptable: false,
      });
      expect(
        await vault.call('passphrase.judge', { passphrase: 'seven copper lanterns drift', personal: ['Morgan'] }),
      ).toMatchObject({
        acceptable: true,
      });
    });

    test('a founder makes the first slot, once', async () => {
      expect(await vault.call('unit.found', founder)).toMatchObject({
        ok: true,
        value: { name: founder.name, role: 'supervisor' },
      });
      expect(await vault.call('unit.found', { ...founder, name: 'Mallory' })).toMatchObject({ ok: false });
      expect((await vault.call('slots.list', {})).slots.map(({ name }) => name)).toEqual([founder.name]);
    });

    test('the right passphrase opens it, once', async () => {
      await openAs(founder.name);
      const { id } = await slotOf(vault, founder.name);
      expect(await vault.call('slot.unlock', { slot: id, passphrase: founder.passphrase })).toMatchObject({
        ok: false,
        error: { code: 'vault-open-already' },
      });
    });
  });

  describe('while it is open', () => {
    test('tells its status to whoever subscribes', async () => {
      await heard(({ online, warnings }) => online && warnings.length === 0);
    });

    test('admits a member', async () => {
      expect(await vault.call('member.admit', analyst)).toMatchObject({
        ok: true,
        value: { name: analyst.name, role: 'analyst' },
      });
      expect((await vault.call('slots.list', {})).slots.map(({ name }: Slot) => name)).toEqual([
        analyst.name,
        founder.name,
      ]);
    });

    test('gives the queue in pages, counts its choices, and knows the neighbours', async () => {
      await unit.receive(6);
      await vault.call('sync.now', {});
      const byReference = { ...everyCase, sort: { by: 'reference', descending: false } } as const;
      const page = await vault.call('queue.page', { query: byReference, offset: 2, limit: 3 });
      expect(page).toMatchObject({ offset: 2, matching: 6, total: 6 });
      expect(page.rows.map(({ reference }) => reference)).toEqual(['PA-000003', 'PA-000004', 'PA-000005']);
      expect(
        await vault.call('queue.page', { query: { ...everyCase, text: 'PA-000004' }, offset: 0, limit: 10 }),
      ).toMatchObject({ matching: 1 });
      expect((await vault.call('queue.counts', { query: everyCase })).holder).toMatchObject({
        anyone: 6,
        unassigned: 6,
      });
      expect(await vault.call('queue.neighbours', { query: byReference, id: caseAt(0) })).toEqual({
        previous: null,
        next: caseAt(1),
        nextOpen: caseAt(1),
        index: 0,
      });
      // One that is not in this view any more is followed by the first that is.
      expect(await vault.call('queue.neighbours', { query: byReference, id: nobody })).toEqual({
        previous: null,
        next: caseAt(0),
        nextOpen: caseAt(0),
        index: null,
      });
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
      expect(await vault.call('case.open', { id: nobody })).toMatchObject({ ok: false });
    });

    test('carries out a command, or says why not', async () => {
      const id = caseAt(1);
      expect(await vault.call('case.record', { command: risk(id) })).toEqual({
        ok: false,
        error: { code: 'take-first', params: {} },
      });
      expect(await vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } })).toMatchObject({
        ok: true,
      });
      expect(await vault.call('case.record', { command: risk(id) })).toMatchObject({ ok: true });
      const { state, summary } = await viewOf(vault, id);
      expect(state.activity.map(({ type }) => type)).toEqual(['referral.received', 'case.taken', 'risk.assessed']);
      expect(summary.holderName).toBe(founder.name);
    });

    test('gives a case to one more member, who is cut off again by its going on without them', async () => {
      const id = caseAt(4);
      const reviewer = { name: 'Kit Dunne', role: 'reviewer' as const, passphrase: passphraseOf('Kit Dunne'), grade };
      expect(await vault.call('member.admit', reviewer)).toMatchObject({ ok: true });
      const { record } = await vault.call('unit.read', {});
      const found = Object.entries(record.names.members).find(([, name]) => name === reviewer.name);
      const reader = found?.[0] as MemberId;
      const why = 'To be looked at by somebody who does not know it.';
      const cut = () => vault.call('case.cutOff', { case: id, reader, why });
      expect(await cut()).toMatchObject({ ok: false, error: { code: 'scope-unfit' } });
      expect(
        await vault.call('case.record', { command: { type: 'reader.added', case: id, data: { reader, why } } }),
      ).toMatchObject({ ok: true });
      expect(await viewOf(vault, id)).toMatchObject({
        state: { readers: [{ reader, why }] },
        names: { [reader]: reviewer.name },
      });
      const goesOn = await cut();
      if (!goesOn.ok) throw new Error(goesOn.error.code);
      expect((await viewOf(vault, id)).state).toMatchObject({ id: goesOn.value, readers: [], continues: [{ why }] });
      expect(events).toContainEqual({ type: 'caseChanged', case: goesOn.value });
    });

    test('keeps a draft until it is discarded or recorded', async () => {
      const id = caseAt(1);
      const { savedAt } = await vault.call('draft.save', { id, form: 'risk', value: { rationale: 'Half a thou' } });
      await vault.call('draft.save', { id, form: 'harm', value: { threat: 'unknown' } });
      const drafts = await vault.call('draft.load', { id });
      expect(drafts.risk).toEqual({ value: { rationale: 'Half a thou' }, savedAt });
      expect(Object.keys(drafts).sort()).toEqual(['harm', 'risk']);
      expect(await vault.call('draft.load', { id: caseAt(2) })).toEqual({});
      await vault.call('draft.discard', { id, form: 'harm' });
      const draft = { form: 'risk', value: { rationale: 'Half a thou' } };
      expect(await vault.call('case.record', { command: risk(id), draft })).toMatchObject({ ok: true });
      expect(await vault.call('draft.load', { id })).toEqual({});
    });

    test('keeps preferences', async () => {
      expect(await vault.call('preferences.load', {})).toEqual({ savedViews: [] });
      const preferences = { savedViews: [{ name: 'Usual', query: everyCase }], theme: 'dark' as const };
      await vault.call('preferences.save', preferences);
      expect(await vault.call('preferences.load', {})).toEqual(preferences);
    });

    test('opens an attachment, and makes a copy of it that tells less', async () => {
      const id = caseAt(5);
      const opened = await vault.call('attachment.open', { id, index: 0, version: 'original' });
      if (!opened.ok) throw new Error(opened.error.code);
      expect(opened.value).toMatchObject({ name: 'note from the office.txt', type: 'text/plain' });
      expect(new TextDecoder().decode(opened.value.bytes)).toContain('the bags would not be missed');
      expect(await vault.call('attachment.open', { id, index: 9, version: 'original' })).toMatchObject({ ok: false });
      expect(await vault.call('attachment.open', { id, index: 0, version: 'sanitised' })).toMatchObject({ ok: false });
      expect(await vault.call('attachment.sanitise', { id, index: 0 })).toMatchObject({ ok: false });
      await vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });
      expect(await vault.call('attachment.sanitise', { id, index: 0 })).toMatchObject({ ok: true });
      const copy = await vault.call('attachment.open', { id, index: 0, version: 'sanitised' });
      expect(copy).toMatchObject({ ok: true, value: { name: 'attachment-1.txt', bytes: opened.value.bytes } });
    });

    test('finds what may concern the same subject', async () => {
      const { referral } = unit.arrived.find((each) => each.referral.report.subjects[0]?.name) ?? {};
      if (!referral) throw new Error('nobody is named');
      const subjects = referral.report.subjects.map((subject) => ({ ...subject, collarNumber: '4999' }));
      const { id } = await unit.receiveLike({ subjects });
      const { referral: other } = await unit.receiveLike({ subjects });
      await vault.call('sync.now', {});
      const [match] = await vault.call('case.matches', { id });
      expect(match).toMatchObject({ reference: other.reference, recordedAt: null });
      expect(match?.reasons).toContainEqual(notice('same-collar-number', { number: '4999' }));
    });

    test('knows the units of other forces, and where a case came from', async () => {
      expect((await vault.call('units.list', {})).others).toEqual([]);
      expect(await vault.call('case.transfers', { id: caseAt(0) })).toEqual({ origin: null, sent: [] });
    });

    test('works offline, and sends what waited when it is online again', async () => {
      await vault.call('sync.now', {});
      await heard(({ waiting }) => waiting === 0);
      unit.host.goOffline();
      expect(
        await vault.call('case.record', { command: { type: 'case.taken', case: caseAt(3), data: {} } }),
      ).toMatchObject({ ok: true });
      await heard(({ online, waiting }) => !online && waiting === 1);
      expect((await viewOf(vault, caseAt(3))).summary.waiting).toBe(true);
      await vault.call('sync.now', {});
      await heard(({ trouble }) => trouble?.code === 'offline');
      unit.host.goOnline();
      await heard(({ online, waiting, trouble }) => online && waiting === 0 && trouble === null);
      expect((await viewOf(vault, caseAt(3))).summary.waiting).toBe(false);
    });

    test('stops bringing in when it is asked to, and goes on when it is asked to', async () => {
      await vault.call('sync.pause', {});
      await heard(({ paused }) => paused);
      const { id } = await unit.receiveLike({});
      expect(await vault.call('case.open', { id })).toMatchObject({ ok: false });
      await vault.call('sync.now', {});
      await heard(({ paused }) => !paused);
      expect(await vault.call('case.open', { id })).toMatchObject({ ok: true });
    });

    test('checks every entry, and names one that was changed on its way', async () => {
      expect(await vault.call('log.verify', {})).toEqual([]);
      const position = await unit.receiveDamaged('PA-000001');
      await vault.call('sync.now', {});
      await heard(({ warnings }) => warnings.length > 0);
      expect(latest()?.warnings).toMatchObject([{ code: 'entry-parts', position, case: caseAt(0) }]);
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
        const result = await vault.call('slot.unlock', { slot: id, passphrase: 'wrong' });
        code = result.ok ? 'opened' : result.error.code;
        if (code === 'wrong-passphrase') attempts += 1;
      } while (code === 'wrong-passphrase');
      expect(code).toBe('wait');
      expect(attempts).toBeGreaterThan(2);
      const waitOf = async () => (await slotOf(vault, analyst.name)).wait;
      await vi.waitFor(async () => expect(await waitOf()).toBe(0), { timeout: 30_000, interval: 200 });
      expect(await vault.call('slot.unlock', { slot: id, passphrase: analyst.passphrase })).toMatchObject({
        ok: true,
        value: { failedAttemptsBefore: attempts, unitName: 'Norbeck Anti-Corruption Unit' },
      });
    });

    test('has all that was recorded for another member, and nothing that is not theirs', async () => {
      expect((await viewOf(vault, caseAt(3))).summary.holderName).toBe(founder.name);
      expect(await vault.call('preferences.load', {})).toEqual({ savedViews: [] });
      expect(await vault.call('member.admit', { ...analyst, name: 'Rowan Vale' })).toEqual({
        ok: false,
        error: { code: 'not-allowed', params: { action: 'admitMember', roles: ['supervisor'] } },
      });
      expect(
        await vault.call('case.record', { command: { type: 'case.released', case: caseAt(3), data: {} } }),
      ).toMatchObject({ ok: false });
    });
  });
}
