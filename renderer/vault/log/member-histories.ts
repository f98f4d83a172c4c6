import type { Digest, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { readRosterEntry } from '#shared/log/roster-entry.ts';
import type { MemberHistories, MemberHistory } from '../log-api.ts';
import type { OpenVault } from '../open-vault.ts';
import { entriesBack, entryRows } from './entries-back.ts';
import type { StoredEntry } from './entry-rows.ts';
import { type FoldedRoster, storedRoster } from './fold-roster.ts';
import { gatherKeys } from './gather-keys.ts';
import { memberBy } from './log-page.ts';
import { readEntries } from './read-entries.ts';

/** Rows looked through for the last unlocks: some 50,000 entries. */
const mostRows = 400;

/** What the log tells of each member: who admitted them, and when they last opened the vault. */
export async function readHistories(vault: OpenVault): Promise<MemberHistories> {
  const roster = await storedRoster(vault);
  const admissions = await readAdmissions(vault, roster);
  const { unlocks, since } = await lastUnlocks(vault, roster);
  const of: Record<MemberId, MemberHistory> = {};
  for (const { id } of vault.log.roster?.members ?? []) {
    of[id] = { admittedBy: admissions.get(id) ?? [], lastUnlock: unlocks.get(id) ?? null };
  }
  return { of, since };
}

/** What an act says, and its hash: of the stored log, then of what waits. */
async function actsIn(vault: OpenVault, { taken }: FoldedRoster) {
  const stored = await Promise.all(taken.map(({ entry }) => readRosterEntry(entry, vault.program.registry)));
  const known = taken.flatMap(({ entry }, index) => {
    const read = stored[index];
    return read?.ok ? [{ entry, event: read.value.event, hash: read.value.step.hash }] : [];
  });
  return [...known, ...vault.log.outbox.map(({ entry, hash, opened: { event } }) => ({ entry, event, hash }))];
}

/** By whom each member's admission was signed: where it took two, by both. */
async function readAdmissions(
  vault: OpenVault,
  roster: FoldedRoster,
): Promise<ReadonlyMap<MemberId, readonly MemberId[]>> {
  const proposed = new Map<Digest, MemberId>();
  const signed = new Map<MemberId, MemberId[]>();
  for (const { entry, event, hash } of await actsIn(vault, roster)) {
    const by = memberBy(vault.log.roster, entry.header.author);
    if (by && event.type === 'member.admitted') {
      proposed.set(hash, event.data.member);
      signed.set(event.data.member, [by]);
    }
    const seconded = event.type === 'act.seconded' ? proposed.get(event.data.entry) : undefined;
    if (by && seconded) signed.get(seconded)?.push(by);
  }
  return signed;
}

/** Streams that are no cases, among them the audit of each member: an unlock stands in no other. */
const auditStreams = ({ log, member }: OpenVault): ReadonlySet<StreamId> =>
  new Set([...log.view.keys.map(([stream]) => stream), member.slot.auditStream]);

/** The last unlock of each member in force, from the newest entry back until all are found, or so much was looked through. */
async function lastUnlocks(vault: OpenVault, roster: FoldedRoster) {
  const unlocks = new Map<MemberId, string>();
  const missing = new Set(roster.last?.members.flatMap(({ id, standing }) => (standing === 'inForce' ? [id] : [])));
  const streams = auditStreams(vault);
  // One's own of this session may wait to be sent.
  for (const { entry, opened } of vault.log.outbox) {
    const member = memberBy(roster.last, entry.header.author);
    if (member && opened.event.type === 'access.unlocked') unlocks.set(member, opened.event.at);
  }
  for (const member of unlocks.keys()) missing.delete(member);
  let looked = 0;
  for await (const entries of entriesBack(vault, await entryRows(vault), null)) {
    const told = entries.filter(({ entry: { header } }) => {
      const member = memberBy(roster.last, header.author);
      return member !== null && missing.has(member) && streams.has(header.stream);
    });
    for (const { member, at } of await unlocksIn(vault, roster, told)) {
      if (missing.delete(member)) unlocks.set(member, at);
    }
    looked += 1;
    if (missing.size === 0) break;
    if (looked >= mostRows) return { unlocks, since: entries[0]?.arrivedAt ?? null };
  }
  return { unlocks, since: null };
}

/** The newest first. */
async function unlocksIn(vault: OpenVault, roster: FoldedRoster, entries: readonly StoredEntry[]) {
  if (entries.length === 0) return [];
  const keys = await gatherKeys(vault, new Set(entries.map(({ entry }) => entry.header.stream)));
  const read = await readEntries(vault, entries, keys, roster);
  const unlocks = read.flatMap(({ entry, position, reading }) => {
    const member = memberBy(roster.last, entry.header.author);
    const isUnlock = reading.kind === 'event' && reading.event.type === 'access.unlocked';
    return member && isUnlock ? [{ member, at: reading.event.at, position }] : [];
  });
  return unlocks.sort((one, other) => other.position - one.position);
}
