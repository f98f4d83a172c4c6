import { v4, v7 } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import { randomBytes, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { generateSigningKey, importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { AnyWithdrawal, NamedKeys, WithdrawnBodies, WithdrawnBoxes } from '#shared/domain/unit/withdrawals.ts';
import type {
  CircleId,
  ContentKeyId,
  Digest,
  EntryId,
  EventId,
  MemberId,
  StreamId,
  UnitId,
} from '#shared/kernel/ids.ts';
import { boxForGeneration } from '#shared/log/box.ts';
import { type ContentKey, makeContentKey } from '#shared/log/content-key.ts';
import {
  createEntry,
  createRosterEntry,
  type Entry,
  hashEntry,
  isWhole,
  parseEntry,
  verifyEntry,
  type WireEntry,
} from '#shared/log/entry.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxGenerationUnder } from '#shared/log/generation-box.ts';
import { seenNothing } from '#shared/log/seen.ts';
import { digestOfBox, formatLabel, isWithdrawn, type WireBox, withdrawBox } from '#shared/log/wire-box.ts';
import { lacksServed, lacksUnexplained, type Withdrawn, withoutWithdrawn } from '#shared/log/withdrawn-parts.ts';

/*
 * A stream of the unit was handed to a circle, and goes on in another; a third, which has nothing to do with it, was disposed
 * of. What of their entries is withdrawn, and what of that is missing with reason.
 */

const circle = v4() as CircleId;
const unit = v4() as UnitId;
const [handed, next, disposed, open] = [v4(), v4(), v4(), v4()] as [StreamId, StreamId, StreamId, StreamId];
const at = '2026-11-20T10:00:00.000Z';

const signed = { by: 'somebody' as MemberId, stopped: false };
const naming = (entry: string, ...named: readonly ContentKeyId[]): NamedKeys => ({
  ...{ entry: entry as Digest, by: signed.by, keys: named, confirmedBy: null },
});
const handing = (changes: Partial<WithdrawnBoxes> = {}): WithdrawnBoxes => ({
  replies: [],
  ...{ ...signed, kind: 'boxes', entry: 'handing' as Digest, event: 'its event' as EventId, after: null },
  ...{ stream: handed, from: 'unit', to: circle, named: [naming(changes.entry ?? 'handing', keys.handed.id)] },
  ...changes,
});
/** Of the circle, to those who had it. */
const givingBack = (changes: Partial<WithdrawnBoxes> = {}): WithdrawnBoxes =>
  handing({
    ...{ entry: 'back' as Digest, event: 'event of giving back' as EventId, after: 'its event' as EventId },
    ...{ from: circle, to: 'unit' },
    ...changes,
  });
const handingAgain = (): WithdrawnBoxes =>
  handing({
    ...{ entry: 'again' as Digest, event: 'another event' as EventId },
    after: 'event of giving back' as EventId,
  });
const disposal = (changes: Partial<WithdrawnBodies> = {}): WithdrawnBodies => ({
  ...{ ...signed, kind: 'bodies', entry: 'disposal' as Digest, scope: 'unit', streams: [disposed] },
  ...{ blobs: [], reason: 'retentionEnded' },
  ...changes,
});

let signer: SigningKey;
let keys: Record<'handed' | 'further' | 'next' | 'disposed' | 'open', ContentKey>;
let unitKey: Generation;
let circleKey: Generation;
/** Of each kind that there is. */
let entries: Readonly<
  Record<'first' | 'bare' | 'later' | 'successor' | 'gone' | 'goneToo' | 'untouched' | 'act', Entry>
>;

const place = (stream: StreamId) => ({ id: v7() as EntryId, unit, stream, prev: null, seen: seenNothing });
const event = () => ({ id: v7() as EventId, type: 'case.taken', v: 1, at, data: {} });
const entryOf = (key: ContentKey, boxes: readonly WireBox[] = []) =>
  createEntry({ place: place(key.stream), event: event(), key, boxes }, signer);
const forDevice = ({ id: key, stream }: ContentKey): WireBox => ({
  label: formatLabel({ key, stream, to: { device: signer.author }, by: 'public' }),
  sealed: randomBytes(80),
});
const junk = (): WireBox => ({ label: utf8('{"no":"box"}'), sealed: randomBytes(60) });

beforeAll(async () => {
  const { author, pkcs8 } = await generateSigningKey();
  signer = await importSigningKey(author, pkcs8);
  const [key, further] = [makeContentKey(handed, author), makeContentKey(handed, author)];
  const [nextKey, goneKey, openKey] = [next, disposed, open].map((stream) => makeContentKey(stream, author)) as [
    ContentKey,
    ContentKey,
    ContentKey,
  ];
  keys = { handed: key, further, next: nextKey, disposed: goneKey, open: openKey };
  [unitKey, circleKey] = [await makeGeneration(), await makeGeneration()];
  const forUnit = await boxForGeneration(key, unitKey);
  const ofGeneration = await boxGenerationUnder(unitKey, handed, circleKey);
  entries = {
    first: await entryOf(key, [
      forUnit,
      ofGeneration,
      forDevice(key),
      junk(),
      await boxForGeneration(openKey, unitKey),
    ]),
    bare: await entryOf(key),
    later: await entryOf(further, [await boxForGeneration(further, unitKey)]),
    successor: await entryOf(nextKey, [
      await boxForGeneration(nextKey, circleKey),
      await boxForGeneration(key, circleKey),
    ]),
    gone: await entryOf(goneKey, [await boxForGeneration(goneKey, unitKey)]),
    // A box may stand beside an entry of any stream.
    goneToo: await entryOf(goneKey, [forUnit, forDevice(key)]),
    untouched: await entryOf(openKey, [await boxForGeneration(openKey, unitKey), forDevice(openKey)]),
    act: await createRosterEntry({ place: place(handed), event: event(), boxes: [forUnit, ofGeneration] }, signer),
  };
});
type Which = keyof typeof entries;
const all = ['first', 'bare', 'later', 'successor', 'gone', 'goneToo', 'untouched', 'act'] as const satisfies Which[];

/** All streams were begun for the unit, but the one that goes on. */
function withdrawnBy(withdrawals: readonly AnyWithdrawal[]): Withdrawn {
  const generations = [unitKey, circleKey].map(({ id, sealing: { publicKey } }, index) => {
    const scope: Scope = index === 0 ? 'unit' : circle;
    return {
      ...{ scope, id, publicKey, counts: true, by: signer.author },
      recovery: null,
      aside: false,
      carriedBy: [],
      unopenedBy: [],
    };
  });
  return {
    roster: { withdrawals, generations, devices: [], members: [] },
    first: (stream) => (stream === next ? circle : 'unit'),
  };
}
type IsDue = NonNullable<Parameters<typeof withoutWithdrawn>[2]>;
const only =
  (...names: readonly string[]): IsDue =>
  (entry) =>
    names.includes(entry);

type Part = 'body' | number;
const partsOf = ({ body, boxes }: WireEntry): readonly Part[] => [
  ...(body ? (['body'] as const) : []),
  ...boxes.flatMap((box, index) => (isWithdrawn(box) ? [] : [index])),
];
const without = ({ header, wire }: Entry, parts: readonly Part[]): Entry => ({
  header,
  wire: {
    ...wire,
    body: parts.includes('body') ? null : wire.body,
    boxes: wire.boxes.map((box, index) => (parts.includes(index) ? withdrawBox(box) : box)),
  },
});
const missingFrom = (left: WireEntry, { wire }: Entry): readonly Part[] =>
  partsOf(wire).filter((part) => !partsOf(left).includes(part));

/** Every choice of some of them, of none and of all. */
const choices = ([first, ...rest]: readonly Part[]): readonly (readonly Part[])[] =>
  first === undefined ? [[]] : choices(rest).flatMap((each) => [each, [first, ...each]]);

type Gone = Partial<Record<Which, readonly Part[]>>;
const byHanding: Gone = { first: [0, 2], goneToo: [0] };
const byDisposal: Gone = { gone: ['body'], goneToo: ['body'] };
const byBoth: Gone = { ...byHanding, gone: ['body'], goneToo: ['body', 0] };

/** `isDue`: of which acts the time is over. */
type Given = readonly [what: string, acts: () => readonly AnyWithdrawal[], gone: Gone, more?: More];
interface More {
  readonly isDue?: IsDue;
  /** What may be missing with reason, where that is more than is withdrawn. */
  readonly explained?: Gone;
}
/** Stream and successor: what was named at any time, and what is served no more once it was given back. */
const namedOnce: Gone = { ...byHanding, successor: [1] };
const givenBack: Gone = { first: [2], successor: [1] };
const extended = () => handing({ named: [naming('handing', keys.handed.id), naming('further', keys.further.id)] });
const handedBackAndForth = () => [handing(), givingBack(), handingAgain()];
const handedTwice = () => [handing(), handing({ entry: 'later' as Digest, event: 'another event' as EventId })];

const givens: readonly Given[] = [
  ['where nothing was withdrawn', () => [], {}],
  ['a stream handed on', () => [handing()], byHanding],
  ['a stream disposed of', () => [disposal()], byDisposal],
  ['both', () => [handing(), disposal()], byBoth],
  ['both, stopped', () => [handing({ stopped: true }), disposal({ stopped: true })], {}],
  [
    'a stream handed on, with other keys',
    () => [handing({ named: [naming('handing', keys.further.id)] })],
    { first: [2], later: [0] },
  ],
  [
    'a stream handed on, with both keys',
    () => [handing({ named: [naming('handing', keys.further.id, keys.handed.id)] })],
    { ...byHanding, later: [0] },
  ],
  ['a stream handed on, with further keys named since', () => [extended()], { ...byHanding, later: [0] }],
  [
    'a stream handed on twice, with a key each',
    () => [handing(), handing({ event: 'another event' as EventId, named: [naming('further', keys.further.id)] })],
    { ...byHanding, later: [0] },
  ],
  ['a stream handed on twice, with the same key', handedTwice, byHanding],
  // What was destroyed for those who have it again stays explained.
  ['a stream given back', () => [handing(), givingBack()], givenBack, { explained: namedOnce }],
  [
    'a stream given back with other keys',
    () => [handing(), givingBack({ named: [naming('back', keys.further.id)] })],
    { first: [2] },
    { explained: byHanding },
  ],
  [
    'a stream given back, further keys having been named',
    () => [extended(), givingBack()],
    givenBack,
    { explained: { ...namedOnce, later: [0] } },
  ],
  ['a stream given back, which was stopped', () => [handing(), givingBack({ stopped: true })], byHanding],
  ['a stream given back and handed on again', handedBackAndForth, byHanding, { explained: namedOnce }],
  ['a stream that others claim to have given back', () => [handing(), givingBack({ after: null })], byHanding],
  [
    'a stream that only others claim to have handed on',
    () => [handing({ from: circle, to: 'command' }), handing({ after: 'no event' as EventId })],
    {},
  ],
  ['a disposal by others than its readers', () => [disposal({ scope: circle })], {}],
  ['a disposal that names other streams', () => [disposal({ streams: [next] })], {}],
  [
    'a stream handed on and disposed of by its new readers',
    () => [handing(), disposal({ scope: circle, streams: [handed] })],
    { ...byHanding, first: ['body', 0, 2], bare: ['body'], later: ['body'] },
  ],
  [
    'a stream handed on and disposed of by those who had it',
    () => [handing(), disposal({ streams: [handed] })],
    byHanding,
  ],
  [
    'a stream disposed of by those who did not read it yet',
    () => [disposal({ scope: circle, streams: [handed] }), handing()],
    byHanding,
  ],
  [
    'a stream disposed of, and handed on not knowing of it: its boxes stay',
    () => [disposal({ streams: [handed] }), handing()],
    { first: ['body'], bare: ['body'], later: ['body'] },
  ],
  [
    'a stream handed on and disposed of, and handed on by others not knowing of it',
    () => [
      ...[handing(), disposal({ scope: circle, streams: [handed] })],
      handing({
        ...{ entry: 'later' as Digest, event: 'another event' as EventId, to: 'command' },
        named: [naming('later', keys.further.id)],
      }),
    ],
    { ...byHanding, first: ['body', 0, 2], bare: ['body'], later: ['body'] },
  ],
  [
    'a stream handed on after a disposal that was stopped',
    () => [disposal({ streams: [handed], stopped: true }), handing()],
    byHanding,
  ],
  ['both, neither due', () => [handing(), disposal()], {}, { isDue: () => false, explained: byBoth }],
  ['both, the boxes due', () => [handing(), disposal()], byHanding, { isDue: only('handing'), explained: byBoth }],
  ['both, the bodies due', () => [handing(), disposal()], byDisposal, { isDue: only('disposal'), explained: byBoth }],
  ['both, and both due', () => [handing(), disposal()], byBoth, { isDue: only('disposal', 'handing') }],
  ['due, but stopped', () => [handing({ stopped: true })], {}, { isDue: only('handing') }],
  [
    'of keys and further keys the first due',
    () => [extended()],
    byHanding,
    { isDue: only('handing'), explained: { ...byHanding, later: [0] } },
  ],
  [
    'of keys and further keys the further due',
    () => [extended()],
    { later: [0] },
    { isDue: only('further'), explained: { ...byHanding, later: [0] } },
  ],
  ['of two that name a key the first due', handedTwice, byHanding, { isDue: only('handing') }],
  ['of two that name a key the later due', handedTwice, byHanding, { isDue: only('later') }],
  [
    'of two that name a key neither due',
    handedTwice,
    {},
    { isDue: only('another event', 'further'), explained: byHanding },
  ],
  [
    'given back and handed on again, the first due: what is for single devices goes',
    handedBackAndForth,
    { first: [2] },
    { isDue: only('handing'), explained: namedOnce },
  ],
  [
    'given back and handed on again, the first two due',
    handedBackAndForth,
    { first: [2] },
    { isDue: only('handing', 'back'), explained: namedOnce },
  ],
  [
    'given back and handed on again, the last due',
    handedBackAndForth,
    byHanding,
    { isDue: only('again'), explained: namedOnce },
  ],
  [
    'of two disposals the later due',
    () => [disposal(), disposal({ entry: 'later' as Digest })],
    byDisposal,
    { isDue: only('later') },
  ],
  [
    'due, but given back since, which is not due: what is for single devices goes',
    () => [handing(), givingBack()],
    { first: [2] },
    { isDue: only('handing'), explained: namedOnce },
  ],
];

const named = ([what, acts, gone, { isDue, explained = gone } = {}]: Given) => ({
  ...{ what, acts, gone, isDue, explained },
});

describe.each(givens.map(named))('$what', ({ acts, gone, isDue, explained }) => {
  const left = (entry: Entry) => withoutWithdrawn(entry, withdrawnBy(acts()), isDue);

  test('entries are without what is withdrawn of them, and the same object where nothing is', () => {
    for (const which of all) {
      const entry = entries[which];
      const wire = left(entry);
      expect(missingFrom(wire, entry), which).toEqual(gone[which] ?? []);
      expect(wire === entry.wire, which).toBe(gone[which] === undefined);
    }
  });

  test('what is left has the labels, digests, hash and signature that it had, and travels', async () => {
    for (const which of all) {
      const { wire } = entries[which];
      const rest = left(entries[which]);
      expect([rest.header, rest.signature], which).toEqual([wire.header, wire.signature]);
      expect(
        rest.boxes.map(({ label }) => label),
        which,
      ).toEqual(wire.boxes.map(({ label }) => label));
      expect(rest.boxes.map(digestOfBox), which).toEqual(wire.boxes.map(digestOfBox));
      const parsed = parseEntry(rest);
      if (!parsed.ok) throw new Error(parsed.error.code);
      expect(await verifyEntry(parsed.value), which).toEqual({ ok: true, value: { ...entries[which], wire: rest } });
      expect(hashEntry(parsed.value), which).toBe(hashEntry(entries[which]));
    }
  });

  test('nothing changes when it is taken out again, or some of it was out before', () => {
    for (const which of all) {
      const rest = left(entries[which]);
      expect(left({ ...entries[which], wire: rest })).toBe(rest);
      for (const parts of choices(gone[which] ?? [])) expect(left(without(entries[which], parts))).toEqual(rest);
    }
  });

  test('a part that is missing is explained where it was withdrawn, be it given back since, and nowhere else', () => {
    for (const which of all) {
      for (const parts of choices(partsOf(entries[which].wire))) {
        const isExplained = parts.every((part) => explained[which]?.includes(part));
        // What is missing of the roster no act explains: such an entry is none (parseEntry).
        if (which === 'act' && parts.length > 0) continue;
        const found = lacksUnexplained(without(entries[which], parts), withdrawnBy(acts()));
        expect(found, `${which} without ${parts}`).toBe(!isExplained);
      }
    }
  });
});

test('what was destroyed of a stream stays so when it is given back, and is explained; what is left is served', () => {
  const handedOn = withdrawnBy([handing()]);
  const destroyed: Entry = { ...entries.first, wire: withoutWithdrawn(entries.first, handedOn, only('handing')) };
  expect(partsOf(destroyed.wire)).toEqual(['body', 1, 3, 4]);
  const back = withdrawnBy([handing(), givingBack()]);
  expect(withoutWithdrawn(destroyed, back)).toBe(destroyed.wire);
  expect([lacksUnexplained(destroyed, back), lacksUnexplained(without(destroyed, [4]), back)]).toEqual([false, true]);
  const left = withoutWithdrawn(entries.first, back);
  expect(partsOf(left)).toEqual(['body', 0, 1, 3, 4]);
});

test('of a stream of which it is not known for whom it was begun nothing is withdrawn, and nothing explained', () => {
  const { roster } = withdrawnBy([handing(), disposal()]);
  const withdrawn: Withdrawn = { roster, first: (stream) => (stream === next ? circle : null) };
  for (const which of all) {
    expect(withoutWithdrawn(entries[which], withdrawn), which).toBe(entries[which].wire);
    expect(lacksUnexplained(entries[which], withdrawn), which).toBe(false);
    for (const part of which === 'act' ? [] : partsOf(entries[which].wire))
      expect(lacksUnexplained(without(entries[which], [part]), withdrawn), `${which} without ${part}`).toBe(true);
  }
});

test('what is missing beside is missing still, when what is withdrawn is taken out', () => {
  const withdrawn = withdrawnBy([handing(), disposal()]);
  const entry = without(entries.first, ['body', 3]);
  const left = withoutWithdrawn(entry, withdrawn);
  expect(partsOf(left)).toEqual([1, 4]);
  expect(lacksUnexplained({ ...entry, wire: left }, withdrawn)).toBe(true);
});

test('an entry of the roster stays whole, whatever boxes stand beside it and whatever is said of its stream', () => {
  const withdrawn = withdrawnBy([handing(), disposal({ scope: circle, streams: [handed] })]);
  expect(withoutWithdrawn(entries.bare, withdrawn).body).toBeNull();
  expect(withoutWithdrawn(entries.act, withdrawn)).toBe(entries.act.wire);
  expect([isWhole(entries.act), lacksUnexplained(entries.act, withdrawn)]).toEqual([true, false]);
});

test('which acts are due is asked of those that name a part that is there, and of the disposals of the entry’s own stream', () => {
  const withdrawn = withdrawnBy([extended(), disposal()]);
  const askedOf = (entry: Entry, of = withdrawn) => {
    const asked: string[] = [];
    withoutWithdrawn(entry, of, (each) => {
      asked.push(each);
      return false;
    });
    return [...new Set(asked)].sort();
  };
  expect(Object.fromEntries(all.map((which) => [which, askedOf(entries[which])]))).toEqual({
    ...{ first: ['handing'], bare: [], later: ['further'], successor: [], untouched: [], act: [] },
    ...{ gone: ['disposal'], goneToo: ['disposal', 'handing'] },
  });
  // Of each that names it: of those who have the stream no more, only what took it from them for good.
  const again = withdrawnBy(handedBackAndForth());
  const askedOfBoxes = entries.first.wire.boxes.map((_, index) => {
    const others = [...entries.first.wire.boxes.keys()].filter((each) => each !== index);
    return askedOf(without(entries.first, others), again);
  });
  expect(askedOfBoxes).toEqual([['again'], [], ['again', 'back', 'handing'], [], []]);
  const bare = without(entries.goneToo, ['body', 0, 1]);
  expect(askedOf(bare)).toEqual([]);
});

test('a box whose label is of no kind that is known is never withdrawn', () => {
  const { label, sealed } = forDevice(keys.handed) as Extract<WireBox, { sealed: unknown }>;
  const odd = [
    { label: utf8(`${toBase64url(label)} `), sealed },
    { label: utf8(''), sealed },
    { label: formatLabel({ key: keys.handed.id, stream: handed, to: { device: signer.author } }), sealed },
    { label: formatLabel({ key: keys.handed.id, stream: handed, to: {}, by: 'public' }), sealed },
  ];
  const entry = { ...entries.bare, wire: { ...entries.bare.wire, boxes: odd } };
  expect(withoutWithdrawn(entry, withdrawnBy([handing()]))).toBe(entry.wire);
  for (const index of odd.keys())
    expect(lacksUnexplained(without(entry, [index]), withdrawnBy([handing()]))).toBe(true);
});

test('a box for a single device goes with the stream beside whose entry it stands, whosesoever key it is', async () => {
  const [key, nextKey] = [keys.handed, keys.next];
  // Of the closed stream, beside the one that goes on from it, and the other way round.
  const beside = await entryOf(nextKey, [await boxForGeneration(nextKey, circleKey), forDevice(key)]);
  const before = await entryOf(key, [await boxForGeneration(key, unitKey), forDevice(nextKey)]);
  const handedOn = withdrawnBy([handing()]);
  expect(missingFrom(withoutWithdrawn(beside, handedOn), beside)).toEqual([]);
  expect(missingFrom(withoutWithdrawn(before, handedOn), before)).toEqual([0, 1]);
  const goes = handing({ stream: next, from: circle, to: circle, named: [naming('handing', nextKey.id)] });
  const cutOff = withdrawnBy([goes]);
  expect(missingFrom(withoutWithdrawn(beside, cutOff), beside)).toEqual([1]);
  expect(missingFrom(withoutWithdrawn(before, cutOff), before)).toEqual([]);
});

test('a box for a device that has ended, or whose member has, is not served, and not destroyed', async () => {
  const entry = await entryOf(keys.open, [await boxForGeneration(keys.open, unitKey), forDevice(keys.open)]);
  const member = { id: signed.by, role: 'analyst' as const, standing: 'inForce' as const };
  const device = {
    ...{ author: signer.author, sealingKey: 'a key', member: signed.by, standing: 'inForce' as const },
    ...{ granted: [], leftOut: [] },
  };
  const { roster, first } = withdrawnBy([]);
  const of = (changes: Partial<Withdrawn['roster']>): Withdrawn => ({ roster: { ...roster, ...changes }, first });
  const gone = (withdrawn: Withdrawn) => missingFrom(withoutWithdrawn(entry, withdrawn), entry);
  const inForce = { devices: [device], members: [member] };
  expect(gone(of({}))).toEqual([]);
  expect(gone(of(inForce))).toEqual([]);
  expect(gone(of({ ...inForce, members: [{ ...member, standing: 'suspended' }] }))).toEqual([]);
  for (const ended of [
    of({ ...inForce, devices: [{ ...device, standing: 'ended' }] }),
    of({ ...inForce, members: [{ ...member, standing: 'ended' }] }),
  ]) {
    expect(gone(ended)).toEqual([1]);
    expect(
      missingFrom(
        withoutWithdrawn(entry, ended, () => true),
        entry,
      ),
    ).toEqual([]);
    expect(lacksUnexplained(without(entry, [1]), ended)).toBe(false);
    expect(lacksServed(without(entry, [1]), ended)).toBe(false);
    expect(lacksUnexplained(without(entry, [0]), ended)).toBe(true);
  }
  expect(lacksServed(without(entry, [1]), of(inForce))).toBe(true);
});
