import { v4, v7 } from 'uuid';
import { fromUtf8 } from '#shared/crypto/encoding.ts';
import type { PinnedKeys } from '#shared/domain/event/define-event.ts';
import { applyToRoster } from '#shared/domain/membership/apply-to-roster.ts';
import type { Role } from '#shared/domain/policy/policy.ts';
import type { DomainEvent, EventType, InputOf } from '#shared/domain/registry/registry.ts';
import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { MaybeRoster, Roster } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { AuthorKey, Digest, EntryId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { type EndpointSigningKeys, publicKeysOf } from '#shared/log/endpoint-keys-proof.ts';
import { type Entry, hashEntry } from '#shared/log/entry.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import type { EntryPlace } from '#shared/log/header.ts';
import { readRosterEntry, rosterGround } from '#shared/log/roster-entry.ts';
import { seenNothing } from '#shared/log/seen.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { type MadeMember, makeMember, newEndpointKeys, signAct } from './made-roster.ts';

/*
 * A unit's roster, act by act: each is a real entry, signed, read and folded. What is refused stays among the entries, as
 * it does in a log.
 */

/** An act, without its time. */
export type Act = { [Type in EventType]: { readonly type: Type; readonly data: InputOf<Type> } }[EventType];

/** `counts`, `waits` for a second signature, or the code of the refusal. */
export type Outcome = string;

const at = '2026-11-20T10:00:00.000Z';

interface Ground {
  readonly unit: UnitId;
  /** Of the endpoint. */
  readonly signing: EndpointSigningKeys;
  readonly generation: Generation;
}

/** What an entry stands beside or in, where that is not as usual. */
export interface Place {
  readonly boxes?: readonly WholeBox[];
  readonly stream?: StreamId;
}

export class RosterUnit {
  readonly unit: UnitId;
  /** Of the endpoint. */
  readonly keys: EndpointPublicKeys;
  readonly signing: EndpointSigningKeys;
  readonly generation: Generation;
  readonly stream = v4() as StreamId;
  readonly policyStream = v4() as StreamId;
  readonly founder: MadeMember;
  pinned: PinnedKeys;
  roster: MaybeRoster = null;
  /** Why the last act was refused; null when it was not. */
  refusal: Refusal | null = null;
  readonly entries: Entry[] = [];
  private readonly tips = new Map<AuthorKey, Digest>();

  constructor({ unit, signing, generation }: Ground, founder: MadeMember) {
    const keys = publicKeysOf(signing);
    this.unit = unit;
    this.keys = keys;
    this.signing = signing;
    this.generation = generation;
    this.founder = founder;
    this.pinned = { founder: founder.device.author, endpoints: [keys] };
  }

  /** Where the next entry of a device stands. */
  placeOf = (author: AuthorKey, stream = this.stream): EntryPlace => ({
    id: v7() as EntryId,
    unit: this.unit,
    stream,
    prev: this.tips.get(author) ?? null,
    // A fold of the roster alone does not ask what its authors knew.
    seen: seenNothing,
  });

  /** Signs an act and folds it. */
  async act({ key }: Pick<MadeMember, 'key'>, act: Act, { boxes = [], stream }: Place = {}): Promise<Outcome> {
    const event = { ...act, at } as DomainEvent;
    return this.take(await signAct(this.placeOf(key.author, stream), event, key, boxes));
  }

  /** What an act would come to. It is as if it had not been. */
  async tried(by: Pick<MadeMember, 'key'>, act: Act): Promise<Outcome> {
    const [roster, tips] = [this.roster, new Map(this.tips)];
    const outcome = await this.act(by, act);
    this.roster = roster;
    this.entries.pop();
    this.tips.clear();
    for (const [author, tip] of tips) this.tips.set(author, tip);
    return outcome;
  }

  /** Folds an entry. */
  async take(entry: Entry): Promise<Outcome> {
    this.entries.push(entry);
    this.tips.set(entry.header.author, hashEntry(entry));
    const read = await readRosterEntry(entry);
    if (!read.ok) return read.error.code;
    const waiting = this.roster?.proposals.length ?? 0;
    const next = applyToRoster(this.roster, read.value.step, rosterGround(this.pinned));
    this.refusal = next.ok ? null : next.error;
    if (!next.ok) return next.error.code;
    this.roster = next.value;
    return next.value.proposals.length > waiting ? 'waits' : 'counts';
  }

  /** Hash of the last entry: what a second signature names. */
  get last(): Digest {
    return hashEntry(this.entries.at(-1) as Entry);
  }

  /** The roster of a unit that is founded. */
  get now(): Roster {
    if (!this.roster) throw new Error('not founded');
    return this.roster;
  }

  box = ({ device }: MadeMember, stream = this.stream, generation = this.generation): Promise<WholeBox> =>
    boxGeneration(generation, stream, device);

  founding = (changes: Partial<InputOf<'unit.founded'>> = {}): Act => ({
    type: 'unit.founded',
    data: {
      founder: this.founder.id,
      device: this.founder.device,
      ...this.keys,
      policyStream: this.policyStream,
      generation: { scope: 'unit', id: this.generation.id, publicKey: this.generation.sealing.publicKey },
      ...changes,
    },
  });

  async found(changes: Partial<InputOf<'unit.founded'>> = {}, place: Place = {}): Promise<Outcome> {
    const boxes = place.boxes ?? [await this.box(this.founder)];
    return this.act(this.founder, this.founding(changes), { ...place, boxes });
  }

  second = (by: MadeMember, entry = this.last): Promise<Outcome> =>
    this.act(by, { type: 'act.seconded', data: { entry } });

  grant = async (by: MadeMember, to: MadeMember): Promise<Outcome> =>
    this.act(
      by,
      { type: 'scope.granted', data: { scope: 'unit', device: to.device.author } },
      { boxes: [await this.box(to)] },
    );

  /** Opens a scope for these. @throws when it does not count */
  async open(by: MadeMember, scope: Scope, readers: readonly MadeMember[]): Promise<Generation> {
    const made = await makeGeneration();
    const boxes = await Promise.all(readers.map((reader) => this.box(reader, this.stream, made)));
    const generation = { id: made.id, publicKey: made.sealing.publicKey };
    const outcome = await this.act(by, { type: 'scope.opened', data: { scope, generation } }, { boxes });
    if (outcome !== 'counts') throw new Error(`scope.opened: ${outcome}`);
    return made;
  }

  /** Somebody with keys, not admitted yet. */
  stranger = (): Promise<MadeMember> => makeMember(this.unit);
  /** A further device of a member, not bound yet. */
  furtherDevice = ({ id }: MadeMember): Promise<MadeMember> => makeMember(this.unit, id);

  /** Admits somebody new. @throws when it does not count */
  async admitted(role: Role, by = this.founder, second: MadeMember | null = null): Promise<MadeMember> {
    const person = await this.stranger();
    const data = { member: person.id, role, device: person.device };
    await this.done(by, { type: 'member.admitted', data }, second);
    return person;
  }

  /** Does what must count. @throws when it does not */
  async done(by: MadeMember, act: Act, second: MadeMember | null = null): Promise<void> {
    const first = await this.act(by, act);
    const last = first === 'waits' && second ? await this.second(second) : first;
    if (last !== 'counts') throw new Error(`${act.type}: ${last}`);
  }

  /** All that lies in the clear, as text. */
  inClear = (): string =>
    JSON.stringify(this.entries.map(({ header, wire }) => [header, wire.body && fromUtf8(wire.body)]));
}

let made: Promise<Ground> | null = null;

/** The keys of a unit are made once a process: no test changes them. */
const groundOnce = (): Promise<Ground> => {
  made ??= Promise.all([newEndpointKeys(), makeGeneration()]).then(([signing, generation]) => ({
    ...{ unit: v4() as UnitId, signing, generation },
  }));
  return made;
};

export async function newRosterUnit(): Promise<RosterUnit> {
  const ground = await groundOnce();
  return new RosterUnit(ground, await makeMember(ground.unit));
}

export async function foundedRosterUnit(): Promise<RosterUnit> {
  const unit = await newRosterUnit();
  const outcome = await unit.found();
  if (outcome !== 'counts') throw new Error(outcome);
  return unit;
}

/** With so many supervisors, the founder being the first, and two analysts. */
export async function staffedRosterUnit(supervisors: number) {
  const unit = await foundedRosterUnit();
  const { founder } = unit;
  const [ann, ben] = [await unit.admitted('analyst'), await unit.admitted('analyst')] as const;
  const others: MadeMember[] = [];
  while (others.length + 1 < supervisors) others.push(await unit.admitted('supervisor', founder, others[0]));
  const [sue, tom] = others as [MadeMember, MadeMember];
  return { unit, founder, sue, tom, ann, ben };
}
