import { v4 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { boxesOf } from '#renderer/vault/keys/held-keys.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import { fromCanonicalJson } from '#shared/crypto/canonical-json.ts';
import { encapsulateTo } from '#shared/crypto/public-box.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { selectCurrent } from '#shared/domain/event/history.ts';
import type { DomainEvent } from '#shared/domain/registry/registry.ts';
import { generationIdOf } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, EntryId, StreamId } from '#shared/kernel/ids.ts';
import { boxToPublicKey } from '#shared/log/box.ts';
import { makeContentKey, makerOf } from '#shared/log/content-key.ts';
import { createEntry, type Entry } from '#shared/log/entry.ts';
import { makeGeneration } from '#shared/log/generation.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import { generationBoxesOf } from '#shared/log/roster-entry.ts';
import { formatLabel } from '#shared/log/wire-box.ts';
import {
  type AttackedUnit,
  aKey,
  at,
  aUnit,
  caseOf,
  codesOf,
  newEvent,
  placeIn,
  publicKeyOf,
  sealedAsMember,
  secretsOf,
  take,
  withCase,
} from '#tests/support/attacked-unit.ts';
import { signAct } from '#tests/support/made-roster.ts';
import type { MemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { sealedToUnit } from '#tests/support/sealed-to-unit.ts';
import { grade, passphrase, statusOf } from '#tests/support/workstation.ts';

/* What a review of entry format 2 tried; none of it may work again. */

const grade3 = {
  ...{ source: '2' as const, assessment: 'C' as const, handling: 'P' as const, conditions: null },
  ...{ corroboratedBy: [], judgedBy: null, why: null },
};
const taken = { type: 'case.taken' as const, at, data: {} };
/** An entry in a member's name that an outsider made: all is as it should be, but for the signature. */
async function forgedAs({ endpoint, member }: AttackedUnit, stream: StreamId, event: DomainEvent): Promise<Entry> {
  const key = { ...(await aKey()), author: member };
  return sealedToUnit(publicKeyOf(endpoint), key, placeIn(endpoint, member, { stream: stream }), newEvent(event));
}

const damage = (rows: Map<string | number, { box: Uint8Array }>): void => {
  for (const row of rows.values()) row.box[20] = (row.box[20] as number) ^ 1;
};

/** A program that makes all cases anew from the log, or only the one whose row is damaged. */
const again = [
  ['rebuilt', ({ store }: AttackedUnit) => damage(store.rows.summaries)],
  ['folded again', ({ store }: AttackedUnit) => damage(store.rows.cases)],
] as const;

describe.each(again)('what was refused when it came, when its case is %s', (_, spoil) => {
  const again = (world: AttackedUnit): Promise<RunningVault> => world.restarted(() => spoil(world));

  test('an entry that its author did not sign changes nothing, and does not break its author’s chain', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    await world.endpoint.inject(await forgedAs(world, id, taken));
    await world.vault.call('sync.now', {});
    expect((await caseOf(world.vault, id)).holder).toBeNull();
    expect((await caseOf(await again(world), id)).holder).toBeNull();
  });

  test('an entry with other boxes than its author signed changes nothing', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    const { vault, endpoint } = world;
    const more = ({ header, wire }: Entry): Entry => ({
      header,
      wire: { ...wire, boxes: [...wire.boxes, { label: new Uint8Array(9), sealed: new Uint8Array(9) }] },
    });
    const other = await endpoint.deliver(referralWith(), undefined, more);
    await vault.call('sync.now', {});
    expect(await codesOf(vault)).toContain('entry-parts');
    const next = await again(world);
    expect((await next.call('case.open', { id: other })).ok).toBe(false);
    expect((await next.call('case.open', { id })).ok).toBe(true);
  });

  test('a box beside an entry that its author did not sign brings no key', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    const { endpoint, vault } = world;
    // The endpoint makes a key in a member’s name, and uses it for an entry of its own.
    const key = makeContentKey(id, endpoint.key.author);
    const to = { generation: generationIdOf(publicKeyOf(endpoint)) };
    const box = await boxToPublicKey(key, to, await encapsulateTo(publicKeyOf(endpoint)));
    const forger = { ...(await aKey()), author: endpoint.key.author };
    const place = placeIn(endpoint, forger.author, { stream: id });
    await endpoint.inject(await createEntry({ place, event: newEvent(taken), key, boxes: [box] }, forger));
    const second = placeIn(endpoint, endpoint.key.author, { stream: id });
    const event = newEvent({ type: 'referral.received', at, data: referralWith() });
    await endpoint.inject(await createEntry({ place: second, event, key, boxes: [] }, endpoint.key));
    await vault.call('sync.now', {});
    const before = await caseOf(vault, id);
    expect((await caseOf(await again(world), id)).activity).toEqual(before.activity);
  });
});

describe('keys that an outsider made', () => {
  const boxOf = async (endpoint: MemoryEndpoint, stream: StreamId, maker: AuthorKey) => {
    const publicKey = publicKeyOf(endpoint);
    const key = makeContentKey(stream, maker);
    return {
      key,
      box: await boxToPublicKey(key, { generation: generationIdOf(publicKey) }, await encapsulateTo(publicKey)),
    };
  };

  test.each(['a stranger', 'the endpoint, in a member’s name'])('a key of %s is not written under', async (who) => {
    const world = await aUnit();
    const { endpoint, vault, member } = world;
    const id = await withCase(world);
    const author = who === 'a stranger' ? await aKey() : endpoint.key;
    const { key, box } = await boxOf(endpoint, id, who === 'a stranger' ? author.author : member);
    const own = await boxOf(endpoint, id, author.author);
    const place = placeIn(endpoint, author.author, { stream: id });
    const entry = await createEntry({ place, event: newEvent(taken), key: own.key, boxes: [own.box, box] }, author);
    await endpoint.inject(entry);
    await vault.call('sync.now', {});
    await take(vault, id);
    await vault.call('sync.now', {});
    const last = endpoint.log.at(-1)?.entry.header;
    expect(last).toMatchObject({ author: member, stream: id });
    expect(last?.key).not.toBe(key.id);
    expect(last?.key && makerOf(last.key)).toBe(member);
    expect((await caseOf(vault, id)).holder).not.toBeNull();
  });
});

describe('what waits and must be signed again', () => {
  const rowsOf = ({ store }: AttackedUnit): number[] =>
    [...store.rows.outbox.keys()].map(Number).filter((key) => key !== 0);
  const damageRow = (world: AttackedUnit, row = 0): void => {
    const key = rowsOf(world)[row] as number;
    damage(new Map([[key, world.store.rows.outbox.get(key) as { box: Uint8Array }]]));
  };
  const admit = (vault: RunningVault) =>
    vault.call('member.admit', { name: 'Ray Okafor', role: 'analyst', passphrase, grade });
  /** The scopes whose keys were boxed after the founding and what the founder opened with it. */
  const grantsIn = ({ endpoint }: AttackedUnit) =>
    endpoint.log
      .slice(2)
      .flatMap(({ entry }) => generationBoxesOf(entry))
      .map((box) => endpoint.roster()?.generations.find(({ id }) => id === box.generation)?.scope);
  /** Of each device of the roster. */
  const hasKeys = async ({ endpoint }: AttackedUnit) =>
    endpoint.roster()?.devices.map(({ granted }) => granted.includes('unit')) ?? [];
  const settled = async (vault: RunningVault) => {
    for (let count = 0; count < 3; count += 1) await vault.call('sync.now', {});
    const { waiting, trouble } = await statusOf(vault);
    return { waiting, trouble };
  };

  test('a grant that waits is still for one device, after a restart too', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    world.setOffline(true);
    await take(world.vault, id);
    expect((await admit(world.vault)).ok).toBe(true);
    const vault = await world.restarted(() => damageRow(world));
    world.setOffline(false);
    expect(await settled(vault)).toEqual({ waiting: 0, trouble: null });
    expect(grantsIn(world)).toEqual(['everyone', 'unit']);
    expect(await codesOf(vault)).toEqual(['outbox-row', 'outbox-rejoined']);
    expect(await hasKeys(world)).toEqual([true, true]);
  });

  test('a grant that waits is still for one device, when an id was taken', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    world.setOffline(true);
    const written = await take(world.vault, id);
    if (!written.ok) throw new Error(written.error.code);
    await admit(world.vault);
    const stranger = await aKey();
    const place = { ...placeIn(world.endpoint, stranger.author, { stream: id }), id: written.value };
    const publicKey = publicKeyOf(world.endpoint);
    await world.endpoint.inject(await sealedToUnit(publicKey, stranger, place, newEvent(taken)));
    world.setOffline(false);
    expect(await settled(world.vault)).toEqual({ waiting: 0, trouble: null });
    expect(grantsIn(world)).toEqual(['everyone', 'unit']);
    expect(await codesOf(world.vault)).not.toContain('refused');
    expect(await hasKeys(world)).toEqual([true, true]);
  });

  test('entries are not lost with the one that carried their key', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    world.setOffline(true);
    await take(world.vault, id);
    await world.vault.call('case.record', { command: { type: 'case.released', case: id, data: {} } });
    await take(world.vault, id);
    const vault = await world.restarted(() => damageRow(world));
    world.setOffline(false);
    expect(await settled(vault)).toEqual({ waiting: 0, trouble: null });
    expect(world.endpoint.log.filter(({ entry }) => entry.header.stream === id)).toHaveLength(3);
    expect((await caseOf(vault, id)).holder).not.toBeNull();
  });

  test('what names another that waits names it still', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    const { narrative } = (await caseOf(world.vault, id)).referral.report;
    const record = async (command: CaseCommand): Promise<EntryId> => {
      const written = await world.vault.call('case.record', { command });
      if (!written.ok) throw new Error(written.error.code);
      return written.value;
    };
    world.setOffline(true);
    for (const type of ['case.taken', 'case.released', 'case.taken'] as const)
      await record({ type, case: id, data: {} });
    const text = { start: 0, end: 11, text: narrative.slice(0, 11), provenance: null };
    const item = await record({ type: 'item.recorded', case: id, data: text });
    await record({ type: 'item.graded', case: id, data: { ...grade3, item } });
    await record({ type: 'item.graded', case: id, data: { ...grade3, item, why: 'Heard from others.' } });
    const other = { case: v4() as StreamId, reference: 'PA-000001', kind: 'repeat' as const, why: 'The same evening.' };
    const link = await record({ type: 'referral.linked', case: id, data: other });
    await record({ type: 'referral.unlinked', case: id, data: { link, why: 'It was another evening.' } });
    // All that follows is signed again.
    const vault = await world.restarted(() => damageRow(world, 1));
    world.setOffline(false);
    expect(await settled(vault)).toEqual({ waiting: 0, trouble: null });
    expect(await codesOf(vault)).toContain('outbox-rejoined');
    const { items, links } = await caseOf(vault, id);
    const [first, second] = items[0]?.grades ?? [];
    expect(second?.replaces).toEqual([first?.entry]);
    expect(items.map(({ grades }) => [grades.length, selectCurrent(grades).length])).toEqual([[2, 1]]);
    expect(links.map(({ takenBack }) => takenBack.length)).toEqual([1]);
    expect(items[0]?.entry).not.toBe(item);
  });

  test('an own entry that comes back without what it holds is not forgotten', async () => {
    let marred = 0;
    const world = await aUnit((page) => ({
      ...page,
      entries: page.entries.map((each) => {
        if (each.position !== 7 || marred > 0) return each;
        marred += 1;
        return { ...each, entry: { ...each.entry, body: null } };
      }),
    }));
    const id = await withCase(world);
    await take(world.vault, id);
    expect(await settled(world.vault)).toEqual({ waiting: 0, trouble: null });
    expect(marred).toBe(1);
    expect((await caseOf(world.vault, id)).holder).not.toBeNull();
  });
});

describe('boxes that open to nothing', () => {
  const rowLength = ({ store }: AttackedUnit): number => store.rows.meta.get('ledger')?.box.length ?? 0;

  test('leave nothing behind in the ledger', async () => {
    const world = await aUnit();
    const { endpoint, vault } = world;
    const stranger = await aKey();
    const boxes = Array.from({ length: 200 }, () => {
      const { id, stream } = makeContentKey(v4() as StreamId, stranger.author);
      const to = { generation: stranger.author };
      return { label: formatLabel({ key: id, stream, to, by: 'secret' }), sealed: new Uint8Array(60) };
    });
    const stream = v4() as StreamId;
    const key = makeContentKey(stream, stranger.author);
    const before = rowLength(world);
    const place = placeIn(endpoint, stranger.author, { stream: stream });
    await endpoint.inject(await createEntry({ place, event: newEvent(taken), key, boxes }, stranger));
    await vault.call('sync.now', {});
    expect(rowLength(world) - before).toBeLessThan(1000);
  });
});

describe('a key whose box stands in another stream than its own', () => {
  test('is found again when the row of its case is damaged', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    const { endpoint } = world;
    // The endpoint boxes the key of its second entry beside its first, in another case.
    const publicKey = publicKeyOf(endpoint);
    const key = makeContentKey(id, endpoint.key.author);
    const to = { generation: generationIdOf(publicKey) };
    const box = await boxToPublicKey(key, to, await encapsulateTo(publicKey));
    const other = v4() as StreamId;
    const own = makeContentKey(other, endpoint.key.author);
    const ownBox = await boxToPublicKey(own, to, await encapsulateTo(publicKey));
    const received = () => newEvent({ type: 'referral.received', at, data: referralWith() });
    const first = placeIn(endpoint, endpoint.key.author, { stream: other });
    await endpoint.inject(
      await createEntry({ place: first, event: received(), key: own, boxes: [ownBox, box] }, endpoint.key),
    );
    const second = placeIn(endpoint, endpoint.key.author, { stream: id });
    await endpoint.inject(await createEntry({ place: second, event: received(), key, boxes: [] }, endpoint.key));
    await world.vault.call('sync.now', {});
    const before = await caseOf(world.vault, id);
    expect(before.activity).toHaveLength(2);
    const vault = await world.restarted(() => damage(world.store.rows.cases));
    expect((await caseOf(vault, id)).activity).toEqual(before.activity);
  });
});

describe('a generation that the roster does not name', () => {
  test('is not written under, though it was granted to one member', async () => {
    const world = await aUnit();
    const { endpoint, vault } = world;
    const id = await withCase(world);
    const { own, key } = await secretsOf(world);
    const stream = endpoint.log[0]?.entry.header.stream as StreamId;
    const device = { author: own.author, sealingKey: own.sealingPublicKey };
    const second = await makeGeneration();
    const boxes = [await boxGeneration(second, stream, device)];
    const grant = { type: 'scope.granted' as const, at, data: { scope: 'unit' as const, device: own.author } };
    await endpoint.inject(await signAct(placeIn(endpoint, own.author, { stream }), grant, key, boxes));
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).warnings).toMatchObject([
      { code: 'refused', params: { because: 'grant-without-key' } },
    ]);
    await take(vault, id);
    await vault.call('sync.now', {});
    const last = endpoint.log.at(-1)?.entry as Entry;
    expect((await caseOf(vault, id)).holder).not.toBeNull();
    expect(boxesOf(last)[0]?.to).toEqual({ generation: generationIdOf(publicKeyOf(endpoint)) });
  });
});

test('an entry under the id of another changes nothing, and is named', async () => {
  const world = await aUnit();
  const id = await withCase(world);
  const { key, generation } = await secretsOf(world);
  await take(world.vault, id);
  await world.vault.call('sync.now', {});
  const used = world.endpoint.log.at(-1)?.entry.header.id as EntryId;
  const released = newEvent({ type: 'case.released', at, data: {} });
  await world.endpoint.inject(
    await sealedAsMember(world.endpoint, generation, released, key, { stream: id, id: used }),
  );
  await world.vault.call('sync.now', {});
  expect((await caseOf(world.vault, id)).holder).not.toBeNull();
  expect(await codesOf(world.vault)).toEqual(['entry-id-twice']);
});

describe('an event that is nested deep', () => {
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const isRead = (text: string): boolean => {
    try {
      fromCanonicalJson(text);
      return true;
    } catch {
      return false;
    }
  };
  const lowOnStack = <Result>(act: () => Result, frames: number): Result =>
    frames === 0 ? act() : lowOnStack(act, frames - 1);

  test('is read, or not, whatever is left of the stack', () => {
    for (const depth of [60, 64, 65, 1500]) {
      const text = nested(depth);
      expect([isRead(text), lowOnStack(() => isRead(text), 6000)]).toEqual([depth <= 64, depth <= 64]);
    }
  });
});
