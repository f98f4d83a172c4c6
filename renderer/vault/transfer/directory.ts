import type { ReplyOf } from '#shared/bridge/contract.ts';
import type { SealingPublicKey } from '#shared/crypto/public-box.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import type { Notice } from '#shared/kernel/refusal.ts';
import { verifySealingKey } from '#shared/sync/enrolment.ts';
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
  /** Null when nothing can be sealed to it. */
  readonly publicKey: SealingPublicKey | null;
  /** Why its key is not used; null when it is, and when it has none yet. */
  readonly trouble: Notice | null;
}

type Listed = ReplyOf<'directory.list'>['units'][number];

async function loadSeen({ io: { store }, member: { storeKey } }: OpenVault): Promise<Seen | null> {
  const row = await store.get('meta', rowKey);
  return row ? openRow<Seen>(storeKey, 'meta', row).catch(() => null) : null;
}

async function judge({ sealingKey, ...unit }: Listed, pinned: AuthorKey | undefined) {
  const known = { ...unit, founded: sealingKey !== null };
  const without = (trouble: Notice | null) => ({ founder: pinned, unit: { ...known, publicKey: null, trouble } });
  if (!sealingKey) return without(null);
  const statement = await verifySealingKey(sealingKey).catch(() => null);
  if (statement?.unit !== unit.id) return without(notice('unit-key-unverified', { unit: unit.name }));
  if (pinned && pinned !== statement.founder) {
    return without(notice('unit-key-changed', { unit: unit.name }));
  }
  return { founder: statement.founder, unit: { ...known, publicKey: statement.publicKey, trouble: null } };
}

/** Asks the endpoint, checks every key, and keeps what was seen. @throws HostFailure */
export async function fetchDirectory(vault: OpenVault): Promise<readonly KnownUnit[]> {
  const [listed, before] = await Promise.all([ask(vault.io.host, 'directory.list', {}), loadSeen(vault)]);
  const founders = { ...before?.founders };
  const units: KnownUnit[] = [];
  for (const each of listed.units) {
    const { founder, unit } = await judge(each, founders[each.id]);
    if (founder) founders[each.id] = founder;
    units.push(unit);
  }
  const seen: Seen = { founders, units: units.map(({ publicKey: _, trouble: __, ...unit }) => unit) };
  if (JSON.stringify(seen) !== JSON.stringify(before)) {
    const row = await sealRow(vault.member.storeKey, 'meta', rowKey, seen);
    await vault.io.writer.add(() => vault.io.store.commit([{ table: 'meta', put: [row] }]));
  }
  return units;
}

/** The units of other forces, as now or, without a connection, as last seen. @throws HostFailure when never seen */
export async function listUnits(vault: OpenVault): Promise<readonly DirectoryUnit[]> {
  const others = (units: readonly DirectoryUnit[]) => units.filter(({ id }) => id !== vault.member.slot.unit);
  try {
    const units = await fetchDirectory(vault);
    return others(units.map(({ publicKey: _, trouble: __, ...unit }) => unit));
  } catch (error) {
    const seen = error instanceof HostFailure ? await loadSeen(vault) : null;
    if (!seen) throw error;
    return others(seen.units);
  }
}
