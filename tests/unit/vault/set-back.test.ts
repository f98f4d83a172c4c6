import { describe, expect, onTestFinished, test } from 'vitest';
import { openJournaledStore } from '#renderer/vault/store/journaled-store.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import type { Slot } from '#renderer/vault/vault-api.ts';
import { fromBase64url, randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { deviceOf, memberOf } from '#shared/domain/unit/roster.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { createMemoryEndpoint, type MemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { createMemoryHost, type MemoryHost } from '#tests/support/memory-host.ts';
import { createMemoryJournal } from '#tests/support/memory-journal.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundedOn, grade, passphrase, startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';

/* A whole profile, database and journal together, that is set back to an older copy. */

class Workstation {
  private store = createMemoryStore();
  private end: () => void = () => undefined;
  private running: RunningVault | null = null;
  private readonly secret = toBase64url(randomBytes(32));
  readonly endpoint: MemoryEndpoint;
  readonly host: MemoryHost;
  slot: Slot | null = null;

  constructor(endpoint: MemoryEndpoint) {
    this.endpoint = endpoint;
    this.host = createMemoryHost(endpoint, { secret: this.secret });
    onTestFinished(() => this.end());
  }

  private opened = () => openJournaledStore(this.store, this.host, fromBase64url(this.secret));

  async found(): Promise<void> {
    const { vault, slot, kill } = await foundedOn(await this.opened(), this.host);
    this.running = vault;
    this.slot = slot;
    this.end = kill;
  }

  get vault(): RunningVault {
    if (!this.running) throw new Error('not running');
    return this.running;
  }

  async restart(slot = this.slot): Promise<void> {
    this.end();
    const { vault, kill } = startProcessOn(await this.opened(), this.host);
    this.end = kill;
    this.running = vault;
    if (slot) await unlocked(vault, slot);
  }

  /** As a backup of the whole folder: what brings it back, later. */
  copy(): () => void {
    const [store, journal] = [createMemoryStore(this.store), createMemoryJournal(this.host.journal)];
    return () => {
      this.end();
      this.store = createMemoryStore(store);
      this.host.journal = createMemoryJournal(journal);
    };
  }

  record = (command: CaseCommand) => this.vault.call('case.record', { command });
  sync = () => this.vault.call('sync.now', {});
  async status() {
    const { isSetBack, waiting, trouble, warnings } = await statusOf(this.vault);
    return { isSetBack, waiting, trouble, codes: warnings.map(({ code }) => code) };
  }
  async activity(id: StreamId): Promise<readonly string[]> {
    const view = await this.vault.call('case.open', { id });
    if (!view.ok) throw new Error(view.error.code);
    return view.value.state.activity.map(({ type }) => type);
  }
}

const taken = (id: StreamId): CaseCommand => ({ type: 'case.taken', case: id, data: {} });
const released = (id: StreamId): CaseCommand => ({ type: 'case.released', case: id, data: {} });

/** Something is recorded and sent after a copy of the disk was made. */
async function workedAfterCopy() {
  const station = new Workstation(await createMemoryEndpoint());
  await station.found();
  const [one, other] = [await station.endpoint.deliver(referralWith()), await station.endpoint.deliver(referralWith())];
  await station.sync();
  const bringBack = station.copy();
  await station.record(taken(one));
  await station.sync();
  return { station, one, other, bringBack };
}

/** The copy is brought back, and one more thing recorded before the endpoint is reached. */
async function setBack() {
  const world = await workedAfterCopy();
  const { station, other, bringBack } = world;
  bringBack();
  station.host.goOffline();
  await station.restart();
  expect(await station.record(taken(other))).toMatchObject({ ok: true });
  station.host.goOnline();
  await station.sync();
  return world;
}

describe('a profile that is set back as a whole', () => {
  test('is found as the endpoint is reached: all is shown and kept, and nothing more is signed', async () => {
    const { station, one, other } = await setBack();
    const sent = station.endpoint.log.length;
    expect(await station.status()).toMatchObject({
      isSetBack: true,
      codes: expect.arrayContaining(['device-set-back']),
    });
    expect(await station.activity(one)).toEqual(['referral.received', 'case.taken']);
    expect(await station.activity(other)).toEqual(['referral.received', 'case.taken']);
    expect(await station.record(released(one))).toMatchObject({ ok: false, error: { code: 'device-set-back' } });
    expect(await station.vault.call('draft.save', { id: one, form: 'risk', value: 'kept' })).toMatchObject({
      held: false,
    });
    await station.sync();
    expect(station.endpoint.log.length).toBe(sent);
  });

  test('is found also where nothing was recorded in between, and is still known after a restart', async () => {
    const { station, bringBack, one } = await workedAfterCopy();
    bringBack();
    station.host.goOffline();
    await station.restart();
    station.host.goOnline();
    await station.sync();
    await station.restart();
    expect(await station.status()).toMatchObject({ isSetBack: true });
    expect(await station.record(released(one))).toMatchObject({ ok: false, error: { code: 'device-set-back' } });
  });

  test('gets new keys, where its member is alone: what waited is signed again, and work goes on', async () => {
    const { station, one, other } = await setBack();
    const before = station.endpoint.roster()?.devices ?? [];
    expect(await station.vault.call('device.renew', { passphrase: 'another one altogether' })).toMatchObject({
      ok: false,
      error: { code: 'wrong-passphrase' },
    });
    expect(await station.vault.call('device.renew', { passphrase })).toEqual({ ok: true, value: null });
    // Until it is locked the old key is in memory, and signs nothing.
    expect(await station.record(released(one))).toMatchObject({ ok: false });
    await station.restart();
    await station.sync();
    await station.sync();
    expect(await station.status()).toMatchObject({ isSetBack: false, waiting: 0, trouble: null });
    expect(await station.record(released(one))).toMatchObject({ ok: true });
    const late = await station.endpoint.deliver(referralWith());
    await station.sync();
    expect(await station.record(taken(late))).toMatchObject({ ok: true });
    await station.sync();
    expect(await station.status()).toMatchObject({ waiting: 0, trouble: null });
    expect(await station.activity(one)).toEqual(['referral.received', 'case.taken', 'case.released']);
    expect(await station.activity(other)).toEqual(['referral.received', 'case.taken']);
    expect(await station.vault.call('log.verify', {})).toEqual([]);
    const roster = station.endpoint.roster();
    const [old] = before;
    expect(deviceOf(roster, old?.author ?? ('' as never))?.standing).toBe('ended');
    const renewed = roster?.devices.find(({ standing }) => standing === 'inForce');
    expect(renewed && memberOf(roster, renewed.author)?.id).toBe(old?.member);
    // What it was given before is read with the new keys alone.
    await station.restart();
    expect(await station.activity(late)).toEqual(['referral.received', 'case.taken']);
  });

  test('gets none by one member alone, where the unit has others', async () => {
    const station = new Workstation(await createMemoryEndpoint());
    await station.found();
    const person = { name: 'Megan Pritchard', role: 'analyst' as const, passphrase, grade };
    expect(await station.vault.call('member.admit', person)).toMatchObject({ ok: true });
    const one = await station.endpoint.deliver(referralWith());
    await station.sync();
    const bringBack = station.copy();
    await station.record(taken(one));
    await station.sync();
    bringBack();
    await station.restart();
    await station.sync();
    expect(await station.status()).toMatchObject({ isSetBack: true });
    const sent = station.endpoint.log.length;
    expect(await station.vault.call('device.renew', { passphrase })).toMatchObject({
      ok: false,
      error: { code: 'renewal-needs-second' },
    });
    await station.restart();
    await station.sync();
    expect(await station.status()).toMatchObject({ isSetBack: true });
    expect(station.endpoint.log.length).toBe(sent);
    // Of the other member nothing is known that would speak against them.
    const [, megan] = (await station.vault.call('slots.list', {})).slots;
    await station.restart(
      megan?.name === person.name ? megan : ((await station.vault.call('slots.list', {})).slots[0] ?? null),
    );
    await station.sync();
    expect(await station.status()).toMatchObject({ isSetBack: false, trouble: null });
  });
});

test('a device that is as it was left gets no new keys', async () => {
  const { station } = await workedAfterCopy();
  expect(await station.status()).toMatchObject({ isSetBack: false });
  expect(await station.vault.call('device.renew', { passphrase })).toMatchObject({
    ok: false,
    error: { code: 'device-not-set-back' },
  });
});
