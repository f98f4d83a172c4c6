import type { Vault } from '#renderer/vault/calls/call-list.ts';
import { createMemoryStore, type MemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { CaseView, Slot } from '#renderer/vault/vault-api.ts';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import type { Referral } from '#shared/domain/referral/referral.ts';
import type { InputOf } from '#shared/domain/registry/registry.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import { bodyChanged } from './damage.ts';
import { type InventedAttachments, inventAttachments } from './invented-attachments.ts';
import { inventReferral, randomFrom } from './invented-referrals.ts';
import { createMemoryEndpoint, forkEndpoint, type MemoryEndpoint } from './memory-endpoint.ts';
import { createMemoryHost, demoMembers, type MemoryHost } from './memory-host.ts';
import { type WatchedVault, watchVault } from './watched-vault.ts';
import { grade, startProcessOn, unlocked } from './workstation.ts';

/*
 * The invented unit for tests of the screens: the real vault over a disk and an endpoint in memory. Nothing of the
 * vault is written here a second time: this file only prepares a unit and looks at it.
 */

const norbeck = { name: 'Norbeck Anti-Corruption Unit', force: 'norbeck', forceName: 'Norbeck Constabulary' };
const others = [
  { name: 'Eastmere Counter Corruption Unit', force: 'eastmere', forceName: 'Eastmere Police' },
  { name: 'Westholt Professional Standards', force: 'westholt', forceName: 'Westholt Constabulary' },
];

/** A vault in a process of its own, which ends when it is stopped. */
export interface RunningStation extends WatchedVault {
  readonly stopped: boolean;
  stop(): void;
}

interface Desk {
  readonly station: RunningStation;
  readonly host: MemoryHost;
}

interface Arrived {
  readonly id: StreamId;
  readonly referral: Referral;
}

interface Parts {
  readonly endpoint: MemoryEndpoint;
  readonly store: MemoryStore;
  readonly secret: string;
  readonly attachments: InventedAttachments;
  readonly arrived: readonly Arrived[];
}

export class MemoryUnit {
  readonly endpoint: MemoryEndpoint;
  /** The disk of this workstation. */
  readonly store: MemoryStore;
  /** The host of this workstation. */
  readonly host: MemoryHost;
  /** In the order in which the endpoint delivered them. */
  readonly arrived: Arrived[];
  private readonly parts: Parts;
  private readonly elsewhere = new Map<string, Promise<Desk>>();

  constructor(parts: Parts, host?: MemoryHost) {
    const { endpoint, store, secret, arrived } = parts;
    this.parts = { ...parts, store: createMemoryStore(store) };
    this.endpoint = endpoint;
    this.store = store;
    this.host = host ?? createMemoryHost(endpoint, { secret });
    this.arrived = [...arrived];
  }

  async fork(): Promise<MemoryUnit> {
    const { parts, endpoint, store, arrived } = this;
    return new MemoryUnit({
      ...parts,
      endpoint: await forkEndpoint(endpoint),
      store: createMemoryStore(store),
      arrived,
    });
  }

  /** A vault on the disk of this workstation, as its worker runs it. */
  start = (host = this.host): RunningStation => startStation(this.store, host);

  /** This workstation opened by a member, used, synced, and its process killed. */
  async workAs(name: string, task: (vault: Vault) => Promise<unknown>): Promise<void> {
    const station = await openStation(this.start(), name);
    await task(station.vault);
    await station.vault.call('sync.now', {});
    station.stop();
    // What it had begun to send still arrives, and nothing else comes in between what a test writes next.
    await this.endpoint.settled();
  }

  /** What a member recorded at this workstation before: they take the case for it, and release it again. */
  recordHere = (name: string, id: StreamId, ...commands: readonly CaseCommand[]): Promise<void> =>
    this.workAs(name, (vault) => recordIn(vault, id, [...commands, { type: 'case.released', case: id, data: {} }]));

  /** This workstation reads what came in. */
  syncHere = (): Promise<void> => this.workAs('Morgan Hale', async () => undefined);

  /**
   * What a member records at another workstation of the unit: not knowing what came since this test began, unless it is
   * what they sent from there before. The endpoint tells this workstation of it.
   */
  recordElsewhere = (name: string, id: StreamId, ...commands: readonly CaseCommand[]): Promise<void> =>
    this.workElsewhere(name, (vault) => recordIn(vault, id, commands));

  /** The same of the unit's policy. */
  changePolicyElsewhere = (name: string, changes: InputOf<'policy.changed'>['changes']): Promise<void> =>
    this.workElsewhere(name, async (vault) => {
      const data = { changes, why: 'The head of unit decided so.' };
      const done = await vault.call('unit.record', { type: 'policy.changed', data });
      if (!done.ok) throw new Error(done.error.code);
    });

  private async workElsewhere(name: string, task: (vault: Vault) => Promise<unknown>): Promise<void> {
    const desk = this.elsewhere.get(name) ?? this.openElsewhere(name);
    this.elsewhere.set(name, desk);
    const { station, host } = await desk;
    await task(station.vault);
    host.goOnline();
    await station.vault.call('sync.now', {});
    host.goOffline();
    this.announce();
  }

  private async openElsewhere(name: string): Promise<Desk> {
    const { store, secret } = this.parts;
    const host = createMemoryHost(this.endpoint, { secret });
    host.goOffline();
    return { host, station: await openStation(startStation(createMemoryStore(store), host), name) };
  }

  /** Referrals as the endpoint delivers them. */
  async receive(count: number, seed = 7): Promise<void> {
    const random = randomFrom(seed);
    const start = this.arrived.length;
    const { attachments } = this.parts.attachments;
    for (let number = start + 1; number <= start + count; number += 1)
      await this.deliver(inventReferral(number, start + count, Date.now(), random, attachments));
  }

  /** One more referral, like the newest but for what is given. @param tamper what the endpoint does to its entry */
  receiveLike(changes: Partial<Referral['report']>, tamper?: (entry: Entry) => Entry): Promise<Arrived> {
    const number = this.arrived.length + 1;
    const referral = inventReferral(number, number, Date.now(), randomFrom(number), []);
    return this.deliver({ ...referral, report: { ...referral.report, ...changes } }, tamper);
  }

  /** One more entry in a case, which nobody can open. Resolves with its place in the log. */
  async receiveDamaged(reference: string): Promise<number> {
    const { id, referral } = this.find(reference);
    await this.endpoint.deliver(referral, id, bodyChanged);
    this.announce();
    return this.endpoint.log.length;
  }

  private async deliver(referral: Referral, tamper?: (entry: Entry) => Entry): Promise<Arrived> {
    const arrived = { id: await this.endpoint.deliver(referral, undefined, tamper), referral };
    this.arrived.push(arrived);
    this.announce();
    return arrived;
  }

  private announce(): void {
    this.host.emit({ type: 'logAdvanced', position: this.endpoint.log.length });
  }

  stop(): void {
    for (const desk of this.elsewhere.values()) void desk.then(({ station }) => station.stop());
  }

  private find(reference: string): Arrived {
    const found = this.arrived.find(({ referral }) => referral.reference === reference);
    if (!found) throw new Error(`no case ${reference}`);
    return found;
  }

  idOf = (reference: string): StreamId => this.find(reference).id;
  referralOf = (reference: string): Referral => this.find(reference).referral;

  /** The reference of the first referral, in order of receipt, that is as asked. */
  referenceWhere(wanted: (referral: Referral) => boolean): string {
    const found = this.arrived.find(({ referral }) => wanted(referral));
    if (!found) throw new Error('no such referral was invented');
    return found.referral.reference;
  }
}

function startStation(store: MemoryStore, host: MemoryHost): RunningStation {
  const { vault, kill } = startProcessOn(store, host);
  const unsubscribe = host.subscribe((event) => vault.onHostEvent(event));
  let stopped = false;
  return {
    ...watchVault(vault),
    get stopped() {
      return stopped;
    },
    stop() {
      stopped = true;
      unsubscribe();
      kill();
    },
  };
}

/** @throws when there is no such member */
export async function slotOf(vault: Vault, name: string): Promise<Slot> {
  const slot = (await vault.call('slots.list', {})).slots.find((each) => each.name === name);
  if (!slot) throw new Error(`no member ${name}`);
  return slot;
}

export const passphraseOf = (name: string): string =>
  demoMembers.find((member) => member.name === name)?.passphrase ?? 'amber kettle under frost';

async function openStation(station: RunningStation, name: string): Promise<RunningStation> {
  await unlocked(station.vault, await slotOf(station.vault, name), passphraseOf(name));
  return station;
}

/** @throws when the vault refuses one of them */
export async function executeAll(vault: Vault, commands: readonly CaseCommand[]): Promise<void> {
  for (const command of commands) {
    const done = await vault.call('case.record', { command });
    if (!done.ok) throw new Error(`${command.type}: ${done.error.code}`);
  }
}

/** Takes the case first, unless the member knows that somebody has it. */
async function recordIn(vault: Vault, id: StreamId, commands: readonly CaseCommand[]): Promise<void> {
  const { state } = await viewOf(vault, id);
  await executeAll(vault, [
    ...(state.holder ? [] : [{ type: 'case.taken' as const, case: id, data: {} }]),
    ...commands,
  ]);
}

/** @throws when the case cannot be opened */
export async function viewOf(vault: Vault, id: StreamId): Promise<CaseView> {
  const opened = await vault.call('case.open', { id });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

/** Enrolled and not founded yet. */
export async function newUnit(options: Parameters<typeof createMemoryHost>[1] = {}): Promise<MemoryUnit> {
  const secret = toBase64url(randomBytes(32));
  const attachments = await inventAttachments();
  const endpoint = await createMemoryEndpoint(null, { names: norbeck, blobs: attachments.chunks });
  const host = createMemoryHost(endpoint, { secret, ...options });
  return new MemoryUnit({ endpoint, store: createMemoryStore(), secret, attachments, arrived: [] }, host);
}

/** @param announced the units of a network, each with its keys or, the last, without any yet */
async function addOtherUnits({ endpoint }: MemoryUnit): Promise<void> {
  for (const [index, names] of others.entries()) {
    const other = await createMemoryEndpoint(endpoint, { names });
    if (index > 0) continue;
    const { vault, kill } = startProcessOn(createMemoryStore(), other.host());
    await vault.call('unit.found', { name: 'Sal Penrose', passphrase: passphraseOf('Morgan Hale'), grade });
    kill();
  }
}

async function foundUnit(): Promise<MemoryUnit> {
  const unit = await newUnit();
  await addOtherUnits(unit);
  const [founder, ...members] = demoMembers;
  const { vault, stop } = unit.start();
  await vault.call('unit.found', { ...founder, grade });
  stop();
  await unit.workAs(founder.name, async (open) => {
    for (const member of members) await open.call('member.admit', { ...member, grade });
  });
  return unit;
}

async function fillUnit(referrals: number, founded: Promise<MemoryUnit>): Promise<MemoryUnit> {
  const unit = await (await founded).fork();
  await unit.receive(referrals);
  await unit.syncHere();
  return unit;
}

const prepared = new Map<string, Promise<MemoryUnit>>();
const once = (name: string, make: () => Promise<MemoryUnit>): Promise<MemoryUnit> => {
  const made = prepared.get(name) ?? make();
  prepared.set(name, made);
  return made;
};

/**
 * The founded unit with its three members and so many referrals, all of them read at this workstation. What it costs to
 * found it is paid once a worker: each caller has a copy. @param at whose clock it was made by, when that is not the machine's
 */
export async function inventUnit(referrals = 60, at = ''): Promise<MemoryUnit> {
  const unit = await once(`${referrals} ${at}`, () => fillUnit(referrals, once(`founded ${at}`, foundUnit)));
  return unit.fork();
}
