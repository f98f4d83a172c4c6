import type { ReplyOf } from '#shared/bridge/contract.ts';
import type { SealingPublicKey } from '#shared/crypto/public-box.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { verifySealingKey } from '#shared/sync/enrolment.ts';
import type { Held } from '../held.ts';
import { ask, HostFailure } from '../host.ts';
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
  readonly trouble: string | null;
}

type Listed = ReplyOf<'directory.list'>['units'][number];

async function loadSeen({ store, storeKey }: Held): Promise<Seen | null> {
  const row = await store.get('meta', rowKey);
  return row ? openRow<Seen>(storeKey, 'meta', row).catch(() => null) : null;
}

async function judge({ sealingKey, ...unit }: Listed, pinned: AuthorKey | undefined) {
  const known = { ...unit, founded: sealingKey !== null };
  const without = (trouble: string | null) => ({ founder: pinned, unit: { ...known, publicKey: null, trouble } });
  if (!sealingKey) return without(null);
  const statement = await verifySealingKey(sealingKey).catch(() => null);
  if (statement?.unit !== unit.id) return without(`The key of ${unit.name} does not verify. Nothing is sealed to it.`);
  if (pinned && pinned !== statement.founder) {
    return without(
      `The key of ${unit.name} is not the one seen before. Nothing is sealed to it. Ask them before going on.`,
    );
  }
  return { founder: statement.founder, unit: { ...known, publicKey: statement.publicKey, trouble: null } };
}

/** Asks the endpoint, checks every key, and keeps what was seen. @throws HostFailure */
export async function fetchDirectory(held: Held): Promise<readonly KnownUnit[]> {
  const [listed, before] = await Promise.all([ask(held.host, 'directory.list', {}), loadSeen(held)]);
  const founders = { ...before?.founders };
  const units: KnownUnit[] = [];
  for (const each of listed.units) {
    const { founder, unit } = await judge(each, founders[each.id]);
    if (founder) founders[each.id] = founder;
    units.push(unit);
  }
  const seen: Seen = { founders, units: units.map(({ publicKey: _, trouble: __, ...unit }) => unit) };
  if (JSON.stringify(seen) !== JSON.stringify(before)) {
    const row = await sealRow(held.storeKey, 'meta', rowKey, seen);
    await held.writer.add(() => held.store.commit([{ table: 'meta', put: [row] }]));
  }
  return units;
}

/** The units of other forces, as now or, without a connection, as last seen. @throws HostFailure when never seen */
export async function listUnits(held: Held): Promise<readonly DirectoryUnit[]> {
  const others = (units: readonly DirectoryUnit[]) => units.filter(({ id }) => id !== held.slot.unit);
  try {
    const units = await fetchDirectory(held);
    return others(units.map(({ publicKey: _, trouble: __, ...unit }) => unit));
  } catch (error) {
    const seen = error instanceof HostFailure ? await loadSeen(held) : null;
    if (!seen) throw error;
    return others(seen.units);
  }
}
