import { SealBroken } from '#shared/crypto/aead.ts';
import { currentGeneration, memberOf, type Roster } from '#shared/domain/unit/roster.ts';
import { isReader } from '#shared/domain/unit/scope-keys.ts';
import { type Scope, scopeOfGeneration } from '#shared/domain/unit/scopes.ts';
import { readersNow, type WithdrawnBoxes } from '#shared/domain/unit/withdrawals.ts';
import { mostNamings } from '#shared/domain/withdrawal/withdrawal-extended.ts';
import type { ContentKeyId, StreamId } from '#shared/kernel/ids.ts';
import { openBox } from '#shared/log/box.ts';
import { allIndexed } from '../cases/case-index.ts';
import { keysOfStream } from '../cases/current-case.ts';
import { boxesOf } from '../keys/held-keys.ts';
import { appendSigned } from '../log/append-signed.ts';
import { entriesOfStream } from '../log/entry-rows.ts';
import { mostBoxesBeside, signEvents, type Unsigned } from '../log/outbox.ts';
import { firstReadersOf } from '../log/scope-of-stream.ts';
import { boxFor } from '../log/writing-key.ts';
import type { OpenVault } from '../open-vault.ts';

/*
 * What those to whom a case was handed owe: a second one of them says that the boxes made for them open, before those of the
 * former readers are destroyed; and keys that whoever closed the stream did not know are boxed and named by one who has them.
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

const now = ({ io }: OpenVault): string => new Date(io.clock.now()).toISOString();

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
      event: { type: 'withdrawal.confirmed', at: now(vault), data: { naming } },
    }));
}

/** The keys of a closed stream that open here by the boxes made for its new readers. */
async function openedFor(vault: OpenVault, roster: Roster, act: WithdrawnBoxes): Promise<ReadonlySet<ContentKeyId>> {
  const opened = new Set<ContentKeyId>();
  const going = allIndexed(vault.cases).filter(({ continues = [] }) => continues.includes(act.stream));
  const entries = await Promise.all(going.map(({ summary }) => entriesOfStream(vault, summary.id)));
  for (const { entry } of entries.flat()) {
    for (const box of boxesOf(entry)) {
      const isForThem =
        box.stream === act.stream && 'generation' in box.to && scopeOfGeneration(roster, box.to.generation) === act.to;
      if (!isForThem) continue;
      const key = await openBox(box, vault.member.keyring).catch((error: unknown) => {
        if (error instanceof SealBroken) return null;
        throw error;
      });
      if (key) opened.add(key.id);
    }
  }
  return opened;
}

/** Keys of the stream that others have, and that the act by which it was handed on does not name. */
async function furtherKeys(vault: OpenVault, roster: Roster, act: WithdrawnBoxes): Promise<readonly Unsigned[]> {
  const { stream, to, entry, named } = act;
  const next = currentGeneration(roster, to);
  if (!next || named.length >= mostNamings) return [];
  const known = new Set(named.flatMap(({ keys }) => keys));
  const unnamed = (await keysOfStream(vault, stream)).filter(
    ({ id, shared }) => !known.has(id) && shared !== null && scopeOfGeneration(roster, shared.generation) !== to,
  );
  // The rest at the next exchange.
  const further = unnamed.slice(0, mostBoxesBeside);
  const successor = further.length > 0 ? await successorFor(vault, stream, to) : null;
  if (!successor) return [];
  const at = now(vault);
  const data = { withdrawal: entry, keys: further.map(({ id }) => id) };
  const boxes = await Promise.all(further.map((key) => boxFor(vault, key, next)));
  return [
    { stream: roster.stream, event: { type: 'withdrawal.extended', at, data } },
    { stream: successor, event: { type: 'keys.boxed', at, data: { stream } }, boxes },
  ];
}

/** The stream in which a closed one goes on for a scope. */
async function successorFor(vault: OpenVault, closed: StreamId, scope: Scope): Promise<StreamId | null> {
  for (const { summary, continues = [] } of allIndexed(vault.cases)) {
    if (continues.includes(closed) && (await firstReadersOf(vault, summary.id)) === scope) return summary.id;
  }
  return null;
}
