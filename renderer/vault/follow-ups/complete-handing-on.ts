import { v4 as uuid } from 'uuid';
import { SealBroken } from '#shared/crypto/aead.ts';
import { currentGeneration, memberOf, memberOfId, type Roster } from '#shared/domain/unit/roster.ts';
import { isReader } from '#shared/domain/unit/scope-keys.ts';
import { type Scope, scopeOfGeneration } from '#shared/domain/unit/scopes.ts';
import { readersNow, type WithdrawnBoxes } from '#shared/domain/unit/withdrawals.ts';
import { mostNamings } from '#shared/domain/withdrawal/withdrawal-extended.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import type { ContentKeyId, StreamId } from '#shared/kernel/ids.ts';
import { type Box, openBox } from '#shared/log/box.ts';
import { allIndexed } from '../cases/case-index.ts';
import { confirmedCase, keysOfStream } from '../cases/current-case.ts';
import { boxesOf } from '../keys/held-keys.ts';
import { appendSigned } from '../log/append-signed.ts';
import { entriesOfStream } from '../log/entry-rows.ts';
import { mostBoxesBeside, signEvents, type Unsigned } from '../log/outbox.ts';
import { firstReadersOf } from '../log/scope-of-stream.ts';
import { boxFor } from '../log/writing-key.ts';
import type { OpenVault } from '../open-vault.ts';

/*
 * What those to whom a case was handed owe: a second one of them says that the boxes made for them open, before those of the
 * former readers are destroyed; keys that whoever closed the stream did not know, or did not box, are boxed and named by one who
 * has them; and where its author was shut out before they went on with the case, one of them does.
 */

export async function completeHandingOn(vault: OpenVault): Promise<void> {
  const { roster } = vault.log;
  const standing = roster?.withdrawals.filter((each) => each.kind === 'boxes' && !each.stopped);
  if (!roster || !standing || standing.length === 0) return;
  await vault.io.writer.add(async () => {
    for (const each of standing) {
      if (each.kind !== 'boxes' || !isReader(roster, vault.member.slot.author, each.to)) continue;
      const first = await firstReadersOf(vault, each.stream);
      // Whoever handed it on since owes nothing any more.
      if (!first || !readersNow(roster, each.stream, first).includes(each.to)) continue;
      const events = [...(await confirmations(vault, roster, each)), ...(await furtherKeys(vault, roster, each))];
      if (events.length > 0) await appendSigned(vault, await signEvents(vault, events), []);
    }
  });
}

async function confirmations(vault: OpenVault, roster: Roster, act: WithdrawnBoxes): Promise<readonly Unsigned[]> {
  const { slot } = vault.member;
  const own = memberOf(roster, slot.author)?.id;
  const open = act.named.filter(({ by, confirmedBy }) => !confirmedBy && by !== own);
  if (open.length === 0) return [];
  const opened = await openedFor(vault, roster, act);
  return open
    .filter(({ keys }) => keys.every((key) => opened.has(key)))
    .map(({ entry: naming }) => ({
      stream: roster.stream,
      event: { type: 'withdrawal.confirmed', at: timeOf(vault.io.clock), data: { naming } },
    }));
}

/** Boxes for the new readers of a closed stream, beside the entries of those in which it goes on. */
async function boxesForNew(vault: OpenVault, roster: Roster, act: WithdrawnBoxes): Promise<readonly Box[]> {
  const going = allIndexed(vault.cases).filter(({ continues = [] }) => continues.includes(act.stream));
  const stored = await Promise.all(going.map(({ summary }) => entriesOfStream(vault, summary.id)));
  const entries = [...stored.flat(), ...vault.log.outbox].map(({ entry }) => entry);
  return entries
    .flatMap(boxesOf)
    .filter(({ stream, to }) => stream === act.stream && scopeOfBox(roster, to) === act.to);
}

const scopeOfBox = (roster: Roster, to: Box['to']): Scope | null =>
  'generation' in to ? scopeOfGeneration(roster, to.generation) : null;

/** The keys of a closed stream that open here by the boxes made for its new readers. */
async function openedFor(vault: OpenVault, roster: Roster, act: WithdrawnBoxes): Promise<ReadonlySet<ContentKeyId>> {
  const opened = new Set<ContentKeyId>();
  for (const box of await boxesForNew(vault, roster, act)) {
    const key = await openBox(box, vault.member.keyring).catch((error: unknown) => {
      if (error instanceof SealBroken) return null;
      throw error;
    });
    if (key) opened.add(key.id);
  }
  return opened;
}

/**
 * Keys of the stream that are here and that its new readers lack: those that the act by which it was handed on does not name are
 * named too, and all are boxed. Some may be named and not boxed: by a faulty program, or where its author was shut out in between.
 */
async function furtherKeys(vault: OpenVault, roster: Roster, act: WithdrawnBoxes): Promise<readonly Unsigned[]> {
  const { stream, from, to, entry, named } = act;
  const next = currentGeneration(roster, to);
  const held = (await keysOfStream(vault, stream)).filter(
    ({ id, shared }) =>
      shared !== null && scopeOfGeneration(roster, shared.generation) !== to && !isSettled(vault, roster, act, id),
  );
  // What stays with its scope is owed no boxes, but that the case goes on.
  if (!next || (held.length === 0 && from !== to)) return [];
  const boxed = new Set((await boxesForNew(vault, roster, act)).map(({ key }) => key));
  // The rest at the next exchange.
  const further = held.filter(({ id }) => !boxed.has(id)).slice(0, mostBoxesBeside);
  const successor = await successorFor(vault, stream, to);
  if (further.length === 0 && (from !== to || successor)) return [];
  const at = timeOf(vault.io.clock);
  const known = new Set(named.flatMap(({ keys }) => keys));
  const keys = further.flatMap(({ id }) => (known.has(id) ? [] : [id]));
  const isNamed = keys.length === 0 || named.length >= mostNamings;
  const extended = { type: 'withdrawal.extended', at, data: { withdrawal: entry, keys } } as const;
  if (!successor && !(await isLeftOpen(vault, roster, act))) return [];
  const boxes = await Promise.all(further.map((key) => boxFor(vault, key, next)));
  return [
    ...(isNamed ? [] : [{ stream: roster.stream, event: extended }]),
    successor
      ? { stream: successor, event: { type: 'keys.boxed', at, data: { stream } }, boxes }
      : {
          ...{ stream: uuid() as StreamId, boxes, readers: to },
          event: { type: 'case.continued', at, data: { stream, why: null, replies: [] } },
        },
  ];
}

/** Whether a key was named with a box for the new readers: another member said that it opens, or it was named from here. */
const isSettled = ({ member: { slot } }: OpenVault, roster: Roster, { named }: WithdrawnBoxes, key: ContentKeyId) =>
  named.some(
    ({ keys, by, confirmedBy }) =>
      keys.includes(key) && (confirmedBy !== null || by === memberOf(roster, slot.author)?.id),
  );

/** Whether a case that is here was handed on by one who was shut out before they went on with it. */
async function isLeftOpen(vault: OpenVault, roster: Roster, { stream, by }: WithdrawnBoxes): Promise<boolean> {
  if (memberOfId(roster, by)?.standing === 'inForce') return false;
  return (await confirmedCase(vault, stream)) !== null;
}

/** The stream in which a closed one goes on for a scope, also where it begins with what waits here. */
async function successorFor(vault: OpenVault, closed: StreamId, scope: Scope): Promise<StreamId | null> {
  const waiting = [...vault.cases.projected.values()].map(({ id, continues }) => ({
    ...{ id, continues: continues.map(({ stream }) => stream) },
  }));
  const known = allIndexed(vault.cases).map(({ summary, continues = [] }) => ({ id: summary.id, continues }));
  for (const { id, continues } of [...known, ...waiting]) {
    if (continues.includes(closed) && (await firstReadersOf(vault, id)) === scope) return id;
  }
  return null;
}
