import { v4 as uuid } from 'uuid';
import { toBase64url } from '#shared/crypto/encoding.ts';
import { generateSealingKey, sealingKeyOf } from '#shared/crypto/public-box.ts';
import { sealingKeyIdOf } from '#shared/crypto/sealing-key.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { applyToRoster } from '#shared/domain/membership/apply-to-roster.ts';
import { currentGeneration, type Roster } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import { handedOn } from '#shared/domain/unit/withdrawals.ts';
import { mostReplies } from '#shared/domain/withdrawal/boxes-withdrawn.ts';
import { mostKeys } from '#shared/domain/withdrawal/withdrawal-extended.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { currentStream } from './cases/case-index.ts';
import { currentCase, keysOfStream } from './cases/current-case.ts';
import { refuse } from './codes.ts';
import type { StreamKeys } from './keys/held-keys.ts';
import { appendSigned } from './log/append-signed.ts';
import { groundOf } from './log/fold-roster.ts';
import { mostBoxesBeside, type Signed, signEvents, type Unsigned } from './log/outbox.ts';
import { rotateOwed } from './log/rotate-scopes.ts';
import { firstReadersOf, readersOfStream } from './log/scope-of-stream.ts';
import { holdsAny } from './log/stream-readers.ts';
import { boxFor } from './log/writing-key.ts';
import type { OpenVault } from './open-vault.ts';
import { replySeed } from './transfer/reply-keys.ts';

export interface HandOn {
  readonly case: StreamId;
  readonly to: Scope;
  readonly why: string;
}

/**
 * A case goes from those who read it to others: its streams are closed, their keys boxed to the new readers, and it goes on in
 * a stream of its own. All of it is durable here, or none.
 * @returns the stream in which it goes on
 */
export function handOnCase(vault: OpenVault, { case: id, to, why }: HandOn): Promise<Result<StreamId, Refusal>> {
  return vault.io.writer.add(async () => {
    const stream = currentStream(vault.cases, id);
    const state = await currentCase(vault, stream);
    if (!state) return err(refuse('case-unreadable'));
    const rotated = await rotateOwed(vault);
    if (!rotated.ok) return rotated;
    const { roster } = vault.log;
    const next = currentGeneration(roster, to);
    if (!roster || !next) return err(refuse('scope-without-readers'));
    const at = new Date(vault.io.clock.now()).toISOString();
    const successor = uuid() as StreamId;
    const replies = await openReplies(vault, state, successor);
    const closings: Unsigned[] = [];
    const boxes: WholeBox[] = [];
    const readers = await readersOfStream(vault, stream);
    const from = readers.find((each) => holdsAny(vault, roster, each)) ?? readers[0];
    for (const closed of [...state.continues.map((each) => each.stream), stream]) {
      const keys = await allKeys(vault, closed);
      const first = await firstReadersOf(vault, closed);
      // Those of the others were replaced as they were closed.
      const named = closed === stream ? replies.map((each) => each.named) : [];
      const data = { ...closingOf(roster, closed, first, { from, to }), keys: keyIds(keys), replies: named };
      closings.push({ stream: roster.stream, event: { type: 'boxes.withdrawn', at, data } });
      boxes.push(...(await Promise.all(keys.map((key) => boxFor(vault, key, next)))));
    }
    const seeds = replies.map(({ transfer, seed }) => ({ transfer, seed }));
    const going: Unsigned[] = [
      { stream: successor, event: { type: 'case.continued', at, data: { stream, why, replies: seeds } }, readers: to },
      ...boxes
        .slice(mostBoxesBeside)
        .flatMap((_, index): Unsigned[] =>
          index % mostBoxesBeside === 0
            ? [{ stream: successor, event: { type: 'keys.boxed', at, data: { stream } } }]
            : [],
        ),
    ];
    const withBoxes = going.map((each, index) => ({
      ...each,
      boxes: boxes.slice(index * mostBoxesBeside, (index + 1) * mostBoxesBeside),
    }));
    const signed = await signEvents(vault, [...closings, ...withBoxes]);
    const refusal = whyNot(vault, roster, signed);
    if (refusal) return err(refusal);
    const written = await appendSigned(vault, signed, [], new Map([[stream, state]]));
    if (!written.ok) return written;
    for (const changed of [stream, successor]) vault.io.emit({ type: 'caseChanged', case: changed });
    vault.io.emit({ type: 'queueChanged' });
    return ok(successor);
  });
}

/** Those beyond are named by whoever reads the case then (complete-handing-on.ts). */
const keyIds = (keys: StreamKeys) => keys.map((key) => key.id).slice(0, mostKeys);

function closingOf(roster: Roster, stream: StreamId, first: Scope | null, { from, to }: Record<'from' | 'to', Scope>) {
  // By which act it came to those who hand it on; by none where it was begun for them.
  const before = first && handedOn(roster, stream, first).findLast((each) => each.to === from);
  return { stream, from, to, after: before?.event ?? null };
}

/** New keys for the answers to what was sent to other units from a stream, or will be, and may still be answered. */
async function openReplies(vault: OpenVault, { id, dispositions }: CaseState, successor: StreamId) {
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

/** Of a stream, as confirmed and as they wait here. */
async function allKeys(vault: OpenVault, stream: StreamId): Promise<StreamKeys> {
  const known = await keysOfStream(vault, stream);
  const waiting = vault.log.outbox.flatMap(({ opened: { key } }) => (key?.stream === stream ? [key] : []));
  return [...new Map([...known, ...waiting].map((key) => [key.id, key])).values()];
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
