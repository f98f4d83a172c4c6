import PQueue from 'p-queue';
import { v4, v7 } from 'uuid';
import type { Host } from '#renderer/vault/host.ts';
import { withdrawnBy } from '#renderer/vault/log/stream-readers.ts';
import type { CallName, CallResult } from '#shared/bridge/contract.ts';
import { type Bytes, randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { type Encapsulation, encapsulateTo, type SealingPublicKey } from '#shared/crypto/public-box.ts';
import { generateSigningKey, importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import { applyToRoster } from '#shared/domain/membership/apply-to-roster.ts';
import type { Referral } from '#shared/domain/referral/referral.ts';
import { toEnvelope } from '#shared/domain/registry/registry.ts';
import { wasRecoveryKey } from '#shared/domain/unit/recovery.ts';
import { replyNow } from '#shared/domain/unit/replies.ts';
import { currentGeneration, deviceOf, type MaybeRoster, type Roster } from '#shared/domain/unit/roster.ts';
import { receivingScope } from '#shared/domain/unit/scope-keys.ts';
import { type Scope, scopeOfGeneration } from '#shared/domain/unit/scopes.ts';
import { goesWith, isForFormerReaders } from '#shared/domain/unit/withdrawals.ts';
import type { AuthorKey, Digest, EntryId, EventId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { type Box, parseBox } from '#shared/log/box.ts';
import type { EndpointSigningKeys } from '#shared/log/endpoint-keys-proof.ts';
import { type Entry, hashEntry, isInClear, parseEntry, verifyEntry } from '#shared/log/entry.ts';
import { readRosterEntry, rosterGround } from '#shared/log/roster-entry.ts';
import { type CheckpointSeen, isSeenSigned, type Seen } from '#shared/log/seen.ts';
import { withoutWithdrawn } from '#shared/log/withdrawn-parts.ts';
import type { ProblemCode } from '#shared/sync/problem.ts';
import { formatPage, type Page, parsePush } from '#shared/sync/wire.ts';
import { MemoryLogTree } from './memory-log-tree.ts';
import {
  answerBetweenUnits,
  createMemoryNetwork,
  type MemoryNetwork,
  publishDirectory,
  type UnitNames,
} from './memory-network.ts';
import { createMemorySlotCalls, isSlotCall } from './memory-slot-calls.ts';
import { sealedToUnit } from './sealed-to-unit.ts';

const failed = (code: string, retry: boolean): CallResult<never> => ({
  ok: false,
  failure: { code, params: {}, retry },
});

interface Confirmed {
  readonly entry: Entry;
  readonly hash: Digest;
}

/** The recovery key acts on the roster alone. */
const mayWrite = (roster: MaybeRoster, entry: Entry): boolean =>
  deviceOf(roster, entry.header.author) !== null || (isInClear(entry) && wasRecoveryKey(roster, entry.header.author));

/** What a network may do to one exchange. */
export type Weather = 'fair' | 'requestLost' | 'answerLost' | 'sentTwice';

/** What an endpoint keeps of a unit. */
interface Kept {
  readonly unit: UnitId;
  readonly names: UnitNames;
  readonly roster: MaybeRoster;
  readonly log: readonly Confirmed[];
  readonly tree: MemoryLogTree;
  readonly blobs: ReadonlyMap<Digest, Bytes>;
  readonly positions: ReadonlyMap<EntryId, number>;
  readonly tips: ReadonlyMap<AuthorKey, Digest>;
}

const unnamed = (network: MemoryNetwork): UnitNames => {
  const force = ['test', 'test-b', 'test-c'][network.peers.size] ?? 'test-more';
  return { name: `Unit ${force}`, force, forceName: `Force ${force}` };
};

async function newKey(): Promise<SigningKey> {
  const { author, pkcs8 } = await generateSigningKey();
  return importSigningKey(author, pkcs8);
}

/**
 * The endpoint's log in memory, with its real signatures and tree: the twin of the real one, for tests that need
 * thousands of exchanges or one that misbehaves. @param kept a unit to go on with: its names, or all that was kept of it
 */
export async function createMemoryEndpoint(
  beside: { key: SigningKey; checkpointKey: SigningKey; network: MemoryNetwork } | null = null,
  kept: Partial<Kept> = {},
) {
  const unit = kept.unit ?? (v4() as UnitId);
  let key = beside?.key ?? (await newKey());
  let checkpointKey = beside?.checkpointKey ?? (await newKey());
  let keys = { endpointKey: key.author, checkpointKey: checkpointKey.author };
  /** That ever signed checkpoints here. */
  const signers = [checkpointKey.author];
  const network = beside?.network ?? createMemoryNetwork(keys, await newKey());
  const names = kept.names ?? unnamed(network);
  const log = [...(kept.log ?? [])];
  const tree = kept.tree?.copy() ?? (await MemoryLogTree.begin(unit, checkpointKey));
  /** The real one locks the unit's row. */
  const oneAtATime = new PQueue({ concurrency: 1 });
  let roster = kept.roster ?? null;
  const blobs = new Map(kept.blobs);

  const positions = new Map(kept.positions);
  const tips = new Map(kept.tips);
  const firstOf = new Map<StreamId, Entry>();
  const noteFirst = (entry: Entry): void => {
    if (!firstOf.has(entry.header.stream)) firstOf.set(entry.header.stream, entry);
  };
  for (const { entry } of log) noteFirst(entry);
  const lastOf = (author: AuthorKey): Digest | null => tips.get(author) ?? null;
  let encapsulation: { readonly publicKey: SealingPublicKey; readonly to: Encapsulation; left: number } | null = null;
  /** As the real one does, one encapsulation serves up to 256 referrals. */
  const encapsulate = async (publicKey: SealingPublicKey): Promise<Encapsulation> => {
    if (encapsulation?.publicKey !== publicKey || encapsulation.left === 0)
      encapsulation = { publicKey, to: await encapsulateTo(publicKey), left: 256 };
    encapsulation.left -= 1;
    return encapsulation.to;
  };

  const receiving = (): Scope => (roster ? receivingScope(roster) : 'unit');
  /** As the real one: from the founder of the first entry. @throws before the unit is founded */
  const publicKeyNow = (): SealingPublicKey => {
    const generation = currentGeneration(roster, receiving());
    if (!generation) throw new Error('The unit is not founded.');
    return generation.publicKey;
  };
  /** With one more entry in the clear; as it was when that changes nothing. */
  const rosterWith = async (before: MaybeRoster, entry: Entry): Promise<MaybeRoster> => {
    const read = await readRosterEntry(entry);
    if (!read.ok) return before;
    // Only a founding is judged by them.
    const endpoints = log.length === 0 ? [keys] : null;
    const ground = rosterGround({ founder: log[0]?.entry.header.author ?? null, endpoints });
    const next = applyToRoster(before, read.value.step, ground);
    return next.ok ? next.value : before;
  };

  const confirm = async (entry: Entry): Promise<number> => {
    const hash = hashEntry(entry);
    const genuine = await verifyEntry(entry);
    if (genuine.ok && isInClear(entry)) roster = await rosterWith(roster, entry);
    // What its author did not sign says nothing of what that author wrote last.
    if (genuine.ok || genuine.error.code !== 'entry-signature') tips.set(entry.header.author, hash);
    log.push({ entry, hash });
    noteFirst(entry);
    await tree.append(entry);
    positions.set(entry.header.id, log.length);
    if (log.length === 1) await publishDirectory(network);
    return log.length;
  };

  /** Whether it is a checkpoint of this log. */
  const isOurs = async (seen: Seen): Promise<boolean> => {
    const signed = await Promise.all(signers.map((signer) => isSeenSigned(seen, { unit, key: signer })));
    return signed.includes(true) && seen.size <= log.length && tree.at(seen.size).seen.root === seen.root;
  };
  const isFounding = ({ header, wire }: Entry): boolean =>
    header.key === null && new TextDecoder().decode(wire.body ?? undefined).includes('"type":"unit.founded"');
  /** The first entry of a key that renews a device: it counts, or waits for a second. */
  const renewsDevice = async (entry: Entry): Promise<boolean> => {
    if (!isInClear(entry)) return false;
    const next = await rosterWith(roster, entry);
    return (
      deviceOf(next, entry.header.author) !== null || (next?.proposals.length ?? 0) > (roster?.proposals.length ?? 0)
    );
  };
  const refuseNew = async (entry: Entry): Promise<ProblemCode | null> => {
    const { author, prev, seen } = entry.header;
    if (!(await isOurs(seen))) return 'entry-seen-unproved';
    if (log.length === 0) return isInClear(entry) && (await rosterWith(null, entry)) ? null : 'founding-refused';
    if (isFounding(entry)) return 'unit-founded';
    if (!(mayWrite(roster, entry) || (await renewsDevice(entry)))) return 'entry-author-unknown';
    const boxes = isInClear(entry) ? [] : entry.wire.boxes.flatMap((box) => parseBox(box) ?? []);
    const isForFormer = (box: Box): boolean => {
      const placed = { ...box, beside: entry.header.stream };
      const first = firstReaders(goesWith(placed));
      return first !== null && isForFormerReaders(roster as Roster, placed, first);
    };
    if (roster && boxes.some(isForFormer)) return 'stream-closed';
    return lastOf(author) === prev ? null : 'entry-out-of-order';
  };

  const push = async (bytes: Bytes): Promise<CallResult<'log.push'>> => {
    const pushed = parsePush(bytes);
    if (!pushed) return failed('request-malformed', false);
    const accepted: { id: EntryId; position: number }[] = [];
    for (const wire of pushed.entries) {
      const entry = parseEntry(wire);
      if (!entry.ok || !(await verifyEntry(entry.value)).ok) return failed('entry-signature', false);
      const { id } = entry.value.header;
      const known = positions.get(id);
      const refused = known === undefined && (await refuseNew(entry.value));
      if (refused) return failed(refused, false);
      accepted.push({ id, position: known ?? (await confirm(entry.value)) });
    }
    return { ok: true, reply: { accepted } };
  };

  /** For whom a stream was begun, as the labels beside its first entry say. */
  const firstReaders = (stream: StreamId): Scope | null => {
    const first = firstOf.get(stream);
    const box = first?.wire.boxes.map(parseBox).find((each) => each !== null && 'generation' in each.to);
    return box && 'generation' in box.to ? scopeOfGeneration(roster, box.to.generation) : null;
  };

  const pull = async (after: number, limit: number): Promise<Page> => {
    const withdrawn = withdrawnBy(roster, firstReaders);
    const entries = log.slice(after, after + limit).map(({ entry }, index) => {
      const position = after + index + 1;
      return { position, entry: withoutWithdrawn(entry, withdrawn), at: tree.arrivedAt(position) };
    });
    const position = Math.min(after, log.length) + entries.length;
    return { entries, checkpoint: tree.at(position).note, end: log.length };
  };

  const append = ({ id, stream }: { id: EntryId; stream: StreamId }, envelope: Envelope): Promise<void> =>
    oneAtATime.add(async () => {
      const publicKey = publicKeyNow();
      const place = { id, unit, stream, prev: lastOf(key.author), seen: tree.at().seen };
      await confirm(await sealedToUnit(publicKey, key, place, envelope, await encapsulate(publicKey)));
    });
  /** All that another unit may read. */
  const rosterEntries = (size: number | null) =>
    log.slice(0, size ?? log.length).flatMap(({ entry }) => (isInClear(entry) ? [entry.wire] : []));
  const founder = () => log[0]?.entry.header.author ?? null;
  network.peers.set(unit, {
    ...{ unit, ...names, founder, roster: rosterEntries, append },
    folded: () => roster,
    proof: (size) => tree.proof(size ?? log.length),
    seen: () => tree.at().seen as CheckpointSeen,
    generation: () => currentGeneration(roster, 'unit')?.id ?? null,
    replyNow(asked) {
      const scope = firstReaders(asked.stream);
      return roster && scope ? replyNow(roster, { ...asked, scope }) : asked;
    },
  });
  await publishDirectory(network);

  const endpoint = {
    unit,
    get key() {
      return key;
    },
    get checkpointKey() {
      return checkpointKey;
    },
    /** The public halves, as a workstation pins them. */
    get keys() {
      return keys;
    },
    network,
    log,
    /** What whoever read the log to that position has seen; to its end without one. */
    seen: (size?: number): Seen => tree.at(size).seen,
    /** Sealed chunks, by the digest of their bytes. */
    blobs,
    pull,
    push,
    lastOf,
    kept: (): Kept => ({ unit, names, roster, log, tree, blobs, positions, tips }),
    founded: () => roster !== null,
    /** Of the unit, as everyone can read it. @throws before the unit is founded */
    publicKey: publicKeyNow,
    roster: () => roster,
    /** Forgets all that came after, as a restore from an old backup does. */
    setBack(size: number): void {
      for (const { entry } of log.splice(size)) positions.delete(entry.header.id);
      firstOf.clear();
      for (const { entry } of log) noteFirst(entry);
      tree.setBack(size);
    },
    /** Resolves when what was sent before has been taken: also by a process that was killed since. */
    async settled(): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve));
      await oneAtATime.onIdle();
    },
    /** Signs with other keys from here on, as the roster must have it. */
    signWith(next: EndpointSigningKeys): void {
      ({ entries: key, checkpoints: checkpointKey } = next);
      keys = { endpointKey: key.author, checkpointKey: checkpointKey.author };
      signers.push(checkpointKey.author);
      tree.signWith(checkpointKey);
    },
    /** Appends whatever it is given, as only a malicious endpoint would. */
    async inject(entry: Entry): Promise<void> {
      await oneAtATime.add(() => confirm(entry));
    },
    /**
     * @param tamper what becomes of the entry between its signature and the log
     * @param publicKey of the scope that it is for: of those who look first at what comes from outside, unless it is given
     */
    async deliver(
      referral: Referral,
      id = v4() as StreamId,
      tamper: (entry: Entry) => Entry = (entry) => entry,
      publicKey = publicKeyNow(),
    ): Promise<StreamId> {
      return oneAtATime.add(async () => {
        const event = { type: 'referral.received' as const, at: referral.receivedAt, data: referral };
        const place = { id: v7() as EntryId, unit, stream: id, prev: lastOf(key.author), seen: tree.at().seen };
        const envelope = toEnvelope(v7() as EventId, event);
        const to = publicKey === publicKeyNow() ? await encapsulate(publicKey) : undefined;
        await confirm(tamper(await sealedToUnit(publicKey, key, place, envelope, to)));
        return id;
      });
    },
    /** The host of one workstation. `weather` is asked before each exchange. */
    host(weather: () => Weather = () => 'fair', tamper: (page: Page) => Page = (page) => page): Host {
      const secret = toBase64url(randomBytes(32));
      const ofSlots = createMemorySlotCalls(secret);
      const answer = async (name: CallName, request: never): Promise<CallResult<CallName>> => {
        if (isSlotCall(name)) return ofSlots(name, request);
        switch (name) {
          case 'host.describe': {
            const { name: called, force, forceName } = names;
            const described = { id: unit, name: called, force, forceName, founded: roster !== null };
            const operatorKey = network.operator.author;
            const enrolment = { purpose: 'workstation' as const, ...keys, operatorKey, unit: described };
            return { ok: true, reply: { kind: 'browser', version: '0', endpoint: null, enrolment, demo: null } };
          }
          case 'device.secret':
            return { ok: true, reply: { secret } };
          case 'log.pull': {
            const { after, limit } = request as { after: number; limit: number };
            return { ok: true, reply: { page: formatPage(tamper(await oneAtATime.add(() => pull(after, limit)))) } };
          }
          case 'log.push':
            return oneAtATime.add(() => push((request as { push: Bytes }).push));
          case 'blob.put': {
            const { digest, bytes } = request as { digest: Digest; bytes: Bytes };
            if ((await digestOf(bytes)) !== digest) return failed('digest-mismatch', false);
            blobs.set(digest, bytes);
            return { ok: true, reply: {} };
          }
          case 'blob.get': {
            const bytes = blobs.get((request as { digest: Digest }).digest);
            return bytes === undefined ? failed('blob-unknown', false) : { ok: true, reply: { bytes } };
          }
          default:
            return (await answerBetweenUnits(network, unit, name, request)) ?? failed('not-found', false);
        }
      };
      const isLocal = (name: CallName): boolean =>
        isSlotCall(name) || name === 'host.describe' || name === 'device.secret';
      return {
        async call(name, request) {
          const conditions = isLocal(name) ? 'fair' : weather();
          if (conditions === 'requestLost') return failed('offline', true);
          if (conditions === 'sentTwice') await answer(name, request as never);
          const result = await answer(name, request as never);
          return (conditions === 'answerLost' ? failed('offline', true) : result) as CallResult<typeof name>;
        },
      };
    },
  };
  return endpoint;
}

/** The same unit on a log and a network of its own from here on. Other units are as they were, and shared. */
export const forkEndpoint = ({ key, checkpointKey, keys, network, kept }: MemoryEndpoint): Promise<MemoryEndpoint> => {
  const forked = { ...createMemoryNetwork(keys, network.operator), peers: new Map(network.peers) };
  return createMemoryEndpoint({ key, checkpointKey, network: forked }, kept());
};

export type MemoryEndpoint = Awaited<ReturnType<typeof createMemoryEndpoint>>;
