import type { SealingPublicKey } from '#shared/crypto/public-box.ts';
import { currentGeneration } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import type { Notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type Entry, parseEntry } from '#shared/log/entry.ts';
import { foldRosterEntries, isWholeRoster } from '#shared/log/roster-entry.ts';
import { parseRoster } from '#shared/sync/wire.ts';
import { notice } from '../codes.ts';
import { ask, HostFailure } from '../host.ts';
import type { OpenVault } from '../open-vault.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';
import type { DirectoryUnit } from '../transfer-api.ts';

const rowKey = 'directory';

/** What was last seen, and the founder of each unit as first seen: another one later is not believed. */
interface Seen {
  readonly units: readonly DirectoryUnit[];
  readonly founders: Readonly<Record<string, AuthorKey>>;
}

export interface KnownUnit extends DirectoryUnit {
  readonly id: UnitId;
}

async function loadSeen({ io: { store }, member: { storeKey } }: OpenVault): Promise<Seen | null> {
  const row = await store.get('meta', rowKey);
  return row ? openRow<Seen>(storeKey, 'meta', row).catch(() => null) : null;
}

async function keepSeen(vault: OpenVault, change: (before: Seen) => Seen): Promise<void> {
  const { io, member } = vault;
  await io.writer.add(async () => {
    const before = (await loadSeen(vault)) ?? { units: [], founders: {} };
    const seen = change(before);
    if (JSON.stringify(seen) === JSON.stringify(before)) return;
    await io.store.commit([{ table: 'meta', put: [await sealRow(member.storeKey, 'meta', rowKey, seen)] }]);
  });
}

/** Asks the endpoint, and keeps what was seen, with the founders of units that are new. @throws HostFailure */
export async function fetchDirectory(vault: OpenVault): Promise<readonly KnownUnit[]> {
  const { units } = await ask(vault.io.host, 'directory.list', {});
  const known = (await loadSeen(vault))?.founders ?? {};
  const fresh: Record<string, AuthorKey> = {};
  for (const unit of units) {
    if (!unit.founded || known[unit.id] || unit.id === vault.member.slot.unit) continue;
    // One unit whose roster cannot be had keeps nobody from the others: its founder is pinned the next time.
    const read = await readRoster(vault, unit, null).catch(() => null);
    if (read?.ok) fresh[unit.id] = read.value.founder;
  }
  await keepSeen(vault, ({ founders }) => ({ units, founders: { ...fresh, ...founders } }));
  return units;
}

interface FetchedRoster {
  readonly entries: readonly Entry[];
  /** That these are all. */
  readonly proof: string;
}

/** The roster as another unit's endpoint has it, entry by entry. Null when it is none. @throws HostFailure */
async function fetchRoster({ io }: OpenVault, unit: UnitId): Promise<FetchedRoster | null> {
  const wire = parseRoster((await ask(io.host, 'unit.roster', { unit, at: null })).roster);
  const parsed = wire?.entries.map(parseEntry) ?? [];
  if (!wire || !parsed.every((each) => each.ok)) return null;
  return { entries: parsed.flatMap((each) => (each.ok ? [each.value] : [])), proof: wire.proof };
}

/** What another unit's roster says, folded here. @param pinned the founder that was seen first; null when it is new */
async function readRoster(
  vault: OpenVault,
  { id, name }: KnownUnit,
  pinned: AuthorKey | null,
): Promise<Result<{ readonly founder: AuthorKey; readonly publicKey: SealingPublicKey }, Notice>> {
  const unverified = err(notice('unit-key-unverified', { unit: name }));
  const fetched = await fetchRoster(vault, id);
  const founder = fetched?.entries[0]?.header.author;
  if (!fetched || !founder) return unverified;
  if (pinned && founder !== pinned) return err(notice('unit-key-changed', { unit: name }));
  const { endpointKey, checkpointKey } = vault.member.slot;
  const { entries, proof } = fetched;
  const roster = await foldRosterEntries(id, entries, { founder, endpointKey, checkpointKey });
  if (!roster.ok || !roster.value || !(await isWholeRoster(id, entries, roster.value, proof))) return unverified;
  const generation = currentGeneration(roster.value, 'unit');
  return generation ? ok({ founder, publicKey: generation.publicKey }) : unverified;
}

/** The founder of another unit's log. Null where it is not known. */
export const founderOf = async (vault: OpenVault, unit: UnitId): Promise<AuthorKey | null> =>
  (await loadSeen(vault))?.founders[unit] ?? null;

/** The public key to seal to a unit with, from its roster as it is now. @throws HostFailure */
export async function sealingKeyOfUnit(vault: OpenVault, unit: KnownUnit): Promise<Result<SealingPublicKey, Notice>> {
  if (!unit.founded) return err(notice('unit-not-started', { unit: unit.name }));
  const read = await readRoster(vault, unit, (await loadSeen(vault))?.founders[unit.id] ?? null);
  return read.ok ? ok(read.value.publicKey) : read;
}

/** The units of other forces, as now or, without a connection, as last seen. @throws HostFailure when never seen */
export async function listUnits(vault: OpenVault): Promise<readonly DirectoryUnit[]> {
  const others = (units: readonly DirectoryUnit[]) => units.filter(({ id }) => id !== vault.member.slot.unit);
  try {
    return others(await fetchDirectory(vault));
  } catch (error) {
    const seen = error instanceof HostFailure ? await loadSeen(vault) : null;
    if (!seen || seen.units.length === 0) throw error;
    return others(seen.units);
  }
}
