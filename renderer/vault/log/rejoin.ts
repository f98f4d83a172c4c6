import { wasRecoveryKey } from '#shared/domain/unit/recovery.ts';
import { deviceOf } from '#shared/domain/unit/roster.ts';
import { scopeOfGeneration } from '#shared/domain/unit/scopes.ts';
import { goesWith, isForFormerReaders, readersNow } from '#shared/domain/unit/withdrawals.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { parseBox } from '#shared/log/box.ts';
import type { Entry } from '#shared/log/entry.ts';
import { type Seen, seenNothing } from '#shared/log/seen.ts';
import { isWithdrawn, type WholeBox } from '#shared/log/wire-box.ts';
import { keysOfStream } from '../cases/current-case.ts';
import { warning } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import type { PendingEntry } from './log-copy.ts';
import { outboxChange, removeFromOutbox, type Signed, signEvents } from './outbox.ts';
import { projectPending, rosterWith } from './project-pending.ts';
import { firstReadersOf } from './scope-of-stream.ts';
import { isSetBack } from './set-back.ts';
import { isClosed } from './stream-readers.ts';

/** Whether the author's waiting entries follow what the log has of them, each the one before: those that it has already, too. */
function fits(vault: OpenVault, author: AuthorKey): boolean {
  const own = vault.log.outbox.filter(({ entry }) => entry.header.author === author);
  let prev = new Map(vault.log.ledger.tips).get(author)?.hash ?? null;
  const there = own.findLastIndex(({ hash }) => hash === prev);
  for (const { entry, hash } of own.slice(there + 1)) {
    if (entry.header.prev !== prev) return false;
    prev = hash;
  }
  return true;
}

/** The authors whose waiting entries the endpoint can take. Another member's are put right when they unlock. */
export const sendable = (vault: OpenVault): readonly AuthorKey[] =>
  [...new Set(vault.log.outbox.map(({ entry }) => entry.header.author))].filter((author) => fits(vault, author));

/** What waits no longer fits, whatever its hashes say: it is signed again at the next exchange. */
export function requireRejoin({ log }: OpenVault): void {
  log.mustRejoin = true;
}

/** What it was based on, as far as this log has it; never less than what its author had said to know before. */
function knownThen(seen: Seen, checkpoint: Seen, before: Seen): Seen {
  if (seen.size < before.size) return before;
  return seen.size > checkpoint.size ? checkpoint : seen;
}

/**
 * Whether an own entry waits under a key for those from whom its stream was taken: others are to read it. Or under one that stood
 * in the log before its stream was closed: whoever was given that alone has it.
 */
async function isSealedForFormer(vault: OpenVault): Promise<boolean> {
  const { log, member } = vault;
  const { roster } = log.ledger;
  if (!roster || roster.withdrawals.length === 0) return false;
  for (const { entry, opened } of log.outbox) {
    const { stream, author } = entry.header;
    if (author !== member.signing.author || !opened.key?.shared) continue;
    const first = await firstReadersOf(vault, stream);
    const used = scopeOfGeneration(roster, opened.key.shared.generation);
    if (first && used && !readersNow(roster, stream, first).includes(used)) return true;
    if (!first || !isClosed(roster, stream, first)) continue;
    const known = [...(await keysOfStream(vault, stream)), ...log.view.lacked];
    if (known.some(({ id }) => id === opened.key?.id)) return true;
  }
  return false;
}

/**
 * The boxes that go with the event: of keys that are passed on, but to those from whom their stream was taken meanwhile. Those for
 * the scope, of the key that it is under, are made anew with it.
 */
async function carriedBeside(vault: OpenVault, { header, wire }: Entry): Promise<readonly WholeBox[]> {
  const { roster } = vault.log.ledger;
  const carried: WholeBox[] = [];
  for (const each of wire.boxes) {
    if (isWithdrawn(each)) continue;
    const box = header.key === null ? null : parseBox(each);
    if (box?.key === header.key && 'generation' in box.to) continue;
    const placed = box && { ...box, beside: header.stream };
    const first = placed && (await firstReadersOf(vault, goesWith(placed)));
    if (!roster || !placed || !first || !isForFormerReaders(roster, placed, first)) carried.push(each);
  }
  return carried;
}

/**
 * An event with other names for what was signed again before it: an item that is graded, a link that is taken back, an act that
 * is confirmed. They are named by the id or the hash of their entry, wherever these stand.
 */
function withNames<Value>(value: Value, names: ReadonlyMap<string, string>): Value {
  if (typeof value === 'string') return (names.get(value) ?? value) as Value;
  if (Array.isArray(value)) return value.map((each) => withNames(each, names)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withNames(each, names)])) as Value;
}

/**
 * The recovery key's entries that no longer follow what the log has of it, because it was used elsewhere meanwhile. Nobody can
 * sign them again without its shares, nothing was written on them yet, and they would hold up all that waits behind them.
 */
async function dropStranded(vault: OpenVault): Promise<void> {
  const { log } = vault;
  const isStranded = ({ entry: { header } }: PendingEntry): boolean =>
    wasRecoveryKey(log.roster, header.author) && !fits(vault, header.author);
  const stranded = log.outbox.filter(isStranded);
  if (stranded.length === 0) return;
  await removeFromOutbox(vault, stranded);
  vault.findings.warnings.push(warning('recovery-overtaken', null));
  await projectPending(vault);
}

/** Keys that the member's key here replaced, once the log says so: what waits under them is signed again. */
function renewedHere({ log, member: { slot } }: OpenVault): ReadonlySet<AuthorKey> {
  const isBound = deviceOf(log.ledger.roster, slot.author)?.standing === 'inForce';
  return new Set(isBound ? (slot.former ?? []).map(({ author }) => author) : []);
}

/**
 * Own waiting entries that cannot follow the confirmed log any more (one between was damaged or taken away, the disk was
 * set back, an id was taken, or the stream was handed to others) are signed again on it: the same events at the same times,
 * under new ids, also where one names another. Only within the writer, and only when the log was just pulled to its end.
 */
export async function rejoin(vault: OpenVault): Promise<void> {
  await dropStranded(vault);
  if (isSetBack(vault)) return;
  const { io, log, member } = vault;
  const { author } = member.signing;
  const renewed = renewedHere(vault);
  const isRenewed = ({ entry }: PendingEntry): boolean => renewed.has(entry.header.author);
  const isAsItShouldBe = !(log.mustRejoin || log.outbox.some(isRenewed)) && fits(vault, author);
  if (isAsItShouldBe && !(await isSealedForFormer(vault))) return;
  const own = log.outbox.filter((each) => each.entry.header.author === author || isRenewed(each));
  const others = log.outbox.filter((pending) => !own.includes(pending));
  const tip = new Map(log.ledger.tips).get(author);
  const { [author]: _, ...otherTips } = log.ownTips;
  const ownTips = tip ? { ...otherTips, [author]: tip.hash } : otherTips;
  // Keys that stand nowhere but in what is taken back are not written under.
  const base = { ...vault, log: { ...log, ownTips, outbox: others } };
  // Each is sealed for whoever reads its stream by the acts before it.
  base.log.roster = rosterWith(vault, log.ledger.roster, others);
  let signed: Signed = { pending: [], tips: ownTips };
  const names = new Map<string, string>();
  for (const { entry, hash, opened } of own) {
    const { eventId, key } = opened;
    const event = withNames(opened.event, names);
    const { stream, seen: said } = entry.header;
    // They still know only what they knew: else a referral that came in between would count as weighed in them.
    const seen = knownThen(said, log.ledger.log.checkpoint, tip?.seen ?? seenNothing);
    const readers = key?.shared ? scopeOfGeneration(log.roster, key.shared.generation) : null;
    const boxes = await carriedBeside(vault, entry);
    const unsigned = { stream, event, eventId, seen, boxes, readers: readers ?? undefined, key };
    signed = await signEvents(base, [unsigned], member.signing, signed);
    base.log.roster = rosterWith(vault, base.log.roster, signed.pending.slice(-1));
    const last = signed.pending.at(-1);
    if (last) names.set(entry.header.id, last.entry.header.id).set(hash, last.hash);
  }
  const { pending, tips } = signed;
  await io.store.commit([{ table: 'outbox', remove: own.map(({ row }) => row) }, await outboxChange(vault, signed)]);
  log.outbox = [...others, ...pending];
  log.outboxEnd = pending.at(-1)?.row ?? log.outboxEnd;
  log.ownTips = tips;
  log.mustRejoin = false;
  vault.findings.warnings.push(warning('outbox-rejoined', null));
  await projectPending(vault);
}
