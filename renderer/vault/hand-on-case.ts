import { v4 as uuid } from 'uuid';
import { toBase64url } from '#shared/crypto/encoding.ts';
import { generateSealingKey, sealingKeyOf } from '#shared/crypto/public-box.ts';
import { sealingKeyIdOf } from '#shared/crypto/sealing-key.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { applyToRoster } from '#shared/domain/membership/apply-to-roster.ts';
import { may, rolesThatMay } from '#shared/domain/policy/policy.ts';
import type { SingleReader } from '#shared/domain/readers/reader-added.ts';
import {
  currentGeneration,
  memberOf,
  memberOfId,
  type Roster,
  type ScopeGeneration,
} from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import { policyAt } from '#shared/domain/unit/unit-record.ts';
import { handedOn } from '#shared/domain/unit/withdrawals.ts';
import { mostReplies } from '#shared/domain/withdrawal/boxes-withdrawn.ts';
import { mostKeys } from '#shared/domain/withdrawal/withdrawal-extended.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { currentStream } from './cases/case-index.ts';
import { currentCase } from './cases/current-case.ts';
import { refuse } from './codes.ts';
import type { StreamKeys } from './keys/held-keys.ts';
import { appendSigned } from './log/append-signed.ts';
import { groundOf } from './log/fold-roster.ts';
import { mostBoxesBeside, type Signed, signEvents, type Unsigned } from './log/outbox.ts';
import { besideEntries, owedEvents } from './log/owed-boxes.ts';
import { rotateOwed } from './log/rotate-scopes.ts';
import { firstReadersOf, readersOfStream } from './log/scope-of-stream.ts';
import { allKeys } from './log/single-readers.ts';
import { holdsAny } from './log/stream-readers.ts';
import { boxFor } from './log/writing-key.ts';
import type { OpenVault } from './open-vault.ts';
import { replySeed } from './transfer/reply-keys.ts';

export interface HandOn {
  readonly case: StreamId;
  readonly to: Scope;
  readonly why: string;
}

export interface CutOff {
  readonly case: StreamId;
  /** Who was given the case alone. */
  readonly reader: MemberId;
  readonly why: string;
}

/**
 * A case goes from those who read it to others: its streams are closed, their keys boxed to the new readers, and it goes on in
 * a stream of its own. All of it is durable here, or none. To the scope that it is for, it goes from those who were given it
 * alone.
 * @returns the stream in which it goes on
 */
export const handOnCase = (vault: OpenVault, { case: id, to, why }: HandOn): Promise<Result<StreamId, Refusal>> =>
  goOn(vault, { id, to, why, without: null });

/** One who was given a case alone reads it no further: it is handed on to the scope that it is for, and the others given it again. */
export const cutOff = (vault: OpenVault, { case: id, reader, why }: CutOff): Promise<Result<StreamId, Refusal>> =>
  goOn(vault, { id, to: null, why, without: reader });

interface GoOn {
  readonly id: StreamId;
  /** Null: the scope that it is for. */
  readonly to: Scope | null;
  readonly why: string;
  /** The one reader who is cut off; null where all are. */
  readonly without: MemberId | null;
}

function goOn(vault: OpenVault, asked: GoOn): Promise<Result<StreamId, Refusal>> {
  return vault.io.writer.add(async () => {
    const stream = currentStream(vault.cases, asked.id);
    const state = await currentCase(vault, stream);
    if (!state) return err(refuse('case-unreadable'));
    const rotated = await rotateOwed(vault);
    if (!rotated.ok) return rotated;
    const { roster } = vault.log;
    const readers = await readersOfStream(vault, stream);
    const from = roster && (readers.find((each) => holdsAny(vault, roster, each)) ?? readers[0]);
    const to = asked.to ?? from;
    const next = to && currentGeneration(roster, to);
    if (!roster || !from || !to || !next) return err(refuse('scope-without-readers'));
    const staying = whoStays(vault, state, { from, to, without: asked.without });
    if (!staying.ok) return staying;
    const successor = uuid() as StreamId;
    const handed = await signHandingOn(vault, roster, state, { ...asked, from, to, next, successor });
    const refusal = whyNot(vault, roster, handed);
    if (refusal) return err(refusal);
    const signed = await signGivingAgain(vault, state, successor, staying.value, handed);
    const written = await appendSigned(vault, signed, [], new Map([[stream, state]]));
    if (!written.ok) return written;
    for (const changed of [stream, successor]) vault.io.emit({ type: 'caseChanged', case: changed });
    vault.io.emit({ type: 'queueChanged' });
    return ok(successor);
  });
}

interface FromTo {
  readonly from: Scope;
  readonly to: Scope;
}

interface Handing extends FromTo {
  readonly why: string;
  readonly next: ScopeGeneration;
  readonly successor: StreamId;
}

/**
 * Also where it stays with its scope, whose boxes stay, all streams are acted on and all keys boxed anew: whoever hands the case to
 * others at once, not knowing of this, takes both from it.
 */
async function signHandingOn(
  vault: OpenVault,
  roster: Roster,
  { id: stream, continues, ...state }: CaseState,
  { from, to, why, next, successor }: Handing,
): Promise<Signed> {
  const at = timeOf(vault.io.clock);
  const replies = await openReplies(vault, { id: stream, ...state }, successor);
  const closings: Unsigned[] = [];
  const boxes: WholeBox[] = [];
  for (const closed of [...continues.map((each) => each.stream), stream]) {
    const keys = await allKeys(vault, closed);
    const first = await firstReadersOf(vault, closed);
    // Those of the others were replaced as they were closed.
    const named = closed === stream ? replies.map((each) => each.named) : [];
    const data = { ...closingOf(roster, closed, first, { from, to }), keys: keyIds(keys), replies: named };
    closings.push({ stream: roster.stream, event: { type: 'boxes.withdrawn', at, data } });
    boxes.push(...(await Promise.all(keys.map((key) => boxFor(vault, key, next)))));
  }
  const seeds = replies.map(({ transfer, seed }) => ({ transfer, seed }));
  const going: Unsigned = {
    ...{ stream: successor, readers: to, boxes: boxes.slice(0, mostBoxesBeside) },
    event: { type: 'case.continued', at, data: { stream, why, replies: seeds } },
  };
  const rest = besideEntries(vault, successor, stream, boxes.slice(mostBoxesBeside));
  return signEvents(vault, [...closings, going, ...rest]);
}

/** Of those who were given it alone, whom it is given again. Who is not in force could not be. */
function whoStays(
  { log, member }: OpenVault,
  { readers }: CaseState,
  { from, to, without }: FromTo & Pick<GoOn, 'without'>,
): Result<readonly SingleReader[], Refusal> {
  const actor = memberOf(log.roster, member.slot.author);
  if (from === to && readers.length === 0) return err(refuse('scope-unfit'));
  if (!without) return ok([]);
  if (!readers.some(({ reader }) => reader === without)) return err(refuse('not-a-reader'));
  const staying = readers.filter(
    ({ reader }) =>
      reader !== without && reader !== actor?.id && memberOfId(log.roster, reader)?.standing === 'inForce',
  );
  const policy = policyAt(log.record, null);
  if (staying.length === 0 || (actor && may(actor.role, 'addReader', policy))) return ok(staying);
  return err(refuse('not-allowed', { action: 'addReader', roles: rolesThatMay('addReader', policy) }));
}

/** In the stream in which a case goes on, with their boxes. */
async function signGivingAgain(
  vault: OpenVault,
  { id: closed, continues }: CaseState,
  stream: StreamId,
  staying: readonly SingleReader[],
  before: Signed,
): Promise<Signed> {
  const events = staying.map(({ reader, why }): Unsigned => {
    return { stream, event: { type: 'reader.added', at: timeOf(vault.io.clock), data: { reader, why } } };
  });
  const added = await signEvents(vault, events, vault.member.signing, before);
  const given = {
    stream,
    continues: [...continues.map((each) => each.stream), closed],
    readers: staying.map(({ reader }) => reader),
  };
  return signEvents(vault, await owedEvents(vault, given, added.pending), vault.member.signing, added);
}

/** Those beyond are named by whoever reads the case then (complete-handing-on.ts). */
const keyIds = (keys: StreamKeys) => keys.map((key) => key.id).slice(0, mostKeys);

function closingOf(roster: Roster, stream: StreamId, first: Scope | null, { from, to }: FromTo) {
  // By which act it came to those who hand it on; by none where it was begun for them.
  const before = first && handedOn(roster, stream, first).findLast((each) => each.to === from);
  return { stream, from, to, after: before?.event ?? null };
}

/** New keys for the answers to what was sent to other units from a stream, or will be, and may still be answered. */
async function openReplies(
  vault: OpenVault,
  { id, dispositions }: Pick<CaseState, 'id' | 'dispositions'>,
  successor: StreamId,
) {
  const open = dispositions.filter(
    ({ chosen, answers }) => chosen.kind === 'otherForce' && !answers.some(({ answer }) => answer === 'sentBack'),
  );
  const keys = await allKeys(vault, id);
  const waiting = vault.log.outbox.map(({ entry }) => entry);
  const made = open.slice(-mostReplies).map(async ({ entry: transfer }) => {
    const before = await replySeed(vault, id, transfer, keys, waiting);
    if (!before) return [];
    const next = await generateSealingKey();
    const key = sealingKeyIdOf((await sealingKeyOf(before)).publicKey);
    const named = { key, publicKey: next.publicKey, stream: successor };
    return [{ transfer, seed: toBase64url(next.privateKey), named }];
  });
  return (await Promise.all(made)).flat();
}

/** Why the roster would refuse one of the acts. */
function whyNot(vault: OpenVault, before: Roster, { pending }: Signed): Refusal | null {
  let roster = before;
  for (const { opened } of pending) {
    const next = opened.step && applyToRoster(roster, opened.step, groundOf(vault));
    if (next && !next.ok) return next.error;
    if (next?.ok) roster = next.value;
  }
  return null;
}
