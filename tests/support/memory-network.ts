import { v7 } from 'uuid';
import type { CallName, CallResult } from '#shared/bridge/contract.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import { type JurisdictionId, usualJurisdiction } from '#shared/domain/jurisdiction/jurisdictions.ts';
import { speaksForUnit } from '#shared/domain/membership/speaks-for-unit.ts';
import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, EntryId, EventId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import type { WireEntry } from '#shared/log/entry.ts';
import type { CheckpointSeen } from '#shared/log/seen.ts';
import { type Directory, signDirectory } from '#shared/sync/directory.ts';
import { isSaidBy, type Said, type SaidBy } from '#shared/sync/said-by.ts';
import {
  type Answer,
  carry,
  type ReportedOutcome,
  type SaidAnswer,
  type SaidOutcome,
  type SaidTransfer,
  streamOfTransfer,
  type Transfer,
  type TransferAnswer,
} from '#shared/sync/transfer.ts';
import { formatRoster, type WireRoster } from '#shared/sync/wire.ts';

/** What the units of one endpoint in memory have in common: the twin of endpoint/transfer. */
export interface MemoryNetwork {
  keys: EndpointPublicKeys;
  readonly peers: Map<UnitId, MemoryPeer>;
  readonly transfers: Map<
    EntryId,
    { from: UnitId; to: UnitId; reply: Transfer['reply']; answers: Set<TransferAnswer> }
  >;
  readonly outcomes: Map<string, ReportedOutcome['class']>;
  /** Signs the directory. Workstations pin it. */
  readonly operator: SigningKey;
  /** What is served of it, and the number of the one that was signed last. */
  directory: string | null;
  number: number;
  /** What a misbehaving endpoint does to a transfer before it carries it. */
  tamper: (transfer: Transfer) => Transfer;
  /** The same to a roster that it serves. */
  tamperRoster: (roster: WireRoster, unit: UnitId) => WireRoster;
  /** The checkpoint of the sender's log that it puts beside what it carries. */
  tamperSeen: (seen: CheckpointSeen, from: UnitId) => CheckpointSeen;
}

/** What a unit is called in the directory. */
export interface UnitNames {
  readonly name: string;
  readonly force: string;
  readonly forceName: string;
  readonly jurisdiction?: JurisdictionId;
}

interface MemoryPeer extends UnitNames {
  readonly unit: UnitId;
  /** Of the first entry of its log; null before that. */
  founder(): AuthorKey | null;
  /** Its roster, folded. */
  folded(): MaybeRoster;
  /** Its roster's entries; none before it is founded. */
  roster(size: number | null): readonly WireEntry[];
  /** Of the last leaf of its log, or of that of an earlier size. */
  proof(size: number | null): Promise<string>;
  /** What its log is now. */
  seen(): CheckpointSeen;
  /** That what is for its members is sealed to. */
  generation(): string | null;
  /** Where an answer goes, after what was closed since it was asked. */
  replyNow(asked: Transfer['reply']): Transfer['reply'];
  append(place: { id: EntryId; stream: StreamId }, envelope: Envelope): Promise<void>;
}

export const createMemoryNetwork = (keys: EndpointPublicKeys, operator: SigningKey): MemoryNetwork => ({
  keys,
  operator,
  directory: null,
  number: 0,
  peers: new Map(),
  transfers: new Map(),
  outcomes: new Map(),
  tamper: (transfer) => transfer,
  tamperRoster: (roster) => roster,
  tamperSeen: (seen) => seen,
});

/** The directory as it would be signed now. */
export const claimsNow = (network: MemoryNetwork): Directory => ({
  ...network.keys,
  number: network.number + 1,
  issuedAt: new Date().toISOString(),
  units: [...network.peers.values()].map(
    ({ unit: id, name, force, forceName, founder, jurisdiction = usualJurisdiction }) => ({
      ...{ id, name, force, forceName, jurisdiction },
      founder: founder(),
    }),
  ),
});

/** As a demonstration does, whenever a unit is there or is founded. */
export async function publishDirectory(network: MemoryNetwork): Promise<void> {
  const claims = claimsNow(network);
  network.number = claims.number;
  const document = await signDirectory(claims, network.operator);
  if (network.number === claims.number) network.directory = document;
}

const failed = (code: string): CallResult<never> => ({
  ok: false,
  failure: { code, params: {}, retry: false },
});
const done = { ok: true as const, reply: {} };
const stamp = () => ({ id: v7() as EventId, at: new Date().toISOString() });

/** Null for a call that does not concern other units. */
export async function answerBetweenUnits(
  network: MemoryNetwork,
  unit: UnitId,
  name: CallName,
  request: unknown,
): Promise<CallResult<CallName> | null> {
  switch (name) {
    case 'directory.get':
      return { ok: true, reply: { directory: network.directory } };
    case 'unit.roster': {
      const { unit: asked, at } = request as { unit: UnitId; at: number | null };
      const peer = network.peers.get(asked);
      if (!peer) return failed('unit-unknown');
      // Both of one size, as the real one reads them in one transaction: its members may be writing.
      const size = at ?? peer.seen().size;
      const roster = network.tamperRoster({ entries: [...peer.roster(size)], proof: await peer.proof(size) }, asked);
      return { ok: true, reply: { roster: formatRoster(roster) } };
    }
    case 'transfer.send': {
      const { by, ...transfer } = request as SaidTransfer;
      return (await isSaid(network, { what: 'transfer', unit, body: transfer }, by))
        ? send(network, unit, transfer)
        : failed('not-of-a-member');
    }
    case 'transfer.answer': {
      const { by, ...answered } = request as { id: EntryId } & SaidAnswer;
      const { id, ...answer } = answered;
      return (await isSaid(network, { what: 'answer', unit, body: answered }, by))
        ? reply(network, unit, id, answer)
        : failed('not-of-a-member');
    }
    case 'outcome.report': {
      const { by, ...said } = request as { reference: string } & SaidOutcome;
      if (!(await isSaid(network, { what: 'outcome', unit, body: said }, by))) return failed('not-of-a-member');
      network.outcomes.set(said.reference, said.class);
      return done;
    }
    default:
      return null;
  }
}

/** As the real one asks the unit's roster. */
async function isSaid(network: MemoryNetwork, said: Said, by: SaidBy): Promise<boolean> {
  const roster = network.peers.get(said.unit)?.folded() ?? null;
  return speaksForUnit(roster, by.author) && isSaidBy(said, by, Date.now());
}

async function send(network: MemoryNetwork, from: UnitId, transfer: Transfer): Promise<CallResult<'transfer.send'>> {
  const { id, to, reply: replyTo } = transfer;
  const known = network.transfers.get(id);
  if (known) return known.from === from && known.to === to ? done : failed('transfer-id-reused');
  const peer = network.peers.get(to);
  if (!peer || peer.roster(null).length === 0) return failed('unit-not-ready');
  if (peer.generation() !== transfer.package.key) return failed('generation-replaced');
  network.transfers.set(id, { from, to, reply: replyTo, answers: new Set() });
  const roster = seenOf(network, from);
  const carried = carry('referral.transferred', stamp(), { from, package: network.tamper(transfer).package, roster });
  await peer.append({ id, stream: streamOfTransfer(id) }, carried);
  return done;
}

function seenOf({ peers, tamperSeen }: MemoryNetwork, unit: UnitId): CheckpointSeen {
  const peer = peers.get(unit);
  if (!peer) throw new Error('There is no such unit.');
  return tamperSeen(peer.seen(), unit);
}

async function reply(
  network: MemoryNetwork,
  by: UnitId,
  id: EntryId,
  answer: Answer,
): Promise<CallResult<'transfer.answer'>> {
  const { transfers, peers } = network;
  const transfer = transfers.get(id);
  if (transfer?.to !== by) return failed('transfer-unknown');
  const { answers, from } = transfer;
  const asker = peers.get(from);
  const now = asker?.replyNow(transfer.reply) ?? transfer.reply;
  if (now.key !== answer.note.key) return failed('reply-key-replaced');
  if (answers.has('sentBack') || answers.has(answer.answer)) return done;
  answers.add(answer.answer);
  const carried = carry('answer.transferred', stamp(), {
    from: by,
    transfer: id,
    ...answer,
    roster: seenOf(network, by),
  });
  await asker?.append({ id: v7() as EntryId, stream: now.stream }, carried);
  return done;
}
