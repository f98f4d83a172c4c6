import { grace } from '#shared/domain/unit/withdrawal-grace.ts';
import { settledEntries, streamsOf } from '#shared/domain/unit/withdrawals.ts';
import type { Digest, Position } from '#shared/kernel/ids.ts';
import { hashEntry } from '#shared/log/entry.ts';
import { type Withdrawn, withoutWithdrawn } from '#shared/log/withdrawn-parts.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Row } from '../store/store.ts';
import { entriesOfStream, openEntries, sealChanged } from './entry-rows.ts';
import { sealLedger } from './ledger.ts';
import { withdrawnStored } from './missing-parts.ts';

/** Rows read at a time. */
const stride = 50;

/**
 * Destroys on this disk what was withdrawn and whose time of grace is over, as the endpoint does. What comes later comes
 * without it. By both clocks, this workstation's and the endpoint's: what one of them is wrong about can still be had.
 */
export async function destroyWithdrawn(vault: OpenVault): Promise<void> {
  const { roster, destroyed } = vault.log.ledger;
  const fresh = await selectDue(vault);
  if (!roster || fresh.length === 0) return;
  const due = [...destroyed, ...fresh];
  const withdrawn = await withdrawnStored(vault, roster.withdrawals.flatMap(streamsOf));
  const { io, member, log } = vault;
  for (let after: Position | null = 0; after !== null; ) {
    const from: Position = after;
    after = await io.writer.add(() => destroyAfter(vault, from, withdrawn, due));
  }
  await io.writer.add(async () => {
    const ledger = { ...log.ledger, destroyed: due };
    await io.store.commit([{ table: 'meta', put: [await sealLedger(member.storeKey, ledger)] }]);
    log.ledger = ledger;
  });
}

/** Only within the writer. Returns the key of the last row that was looked at; null when there was none. */
async function destroyAfter(
  { io, member }: OpenVault,
  from: Position,
  withdrawn: Withdrawn,
  due: readonly Digest[],
): Promise<Position | null> {
  const rows = await io.store.after('entries', from, stride);
  const changed: Row[] = [];
  for (const row of rows) {
    const entries = await openEntries(member.storeKey, row).catch(() => []);
    const left = await sealChanged(member.storeKey, entries, (entry) => {
      const wire = withoutWithdrawn(entry, withdrawn, (act) => due.includes(act));
      return wire === entry.wire ? entry : { ...entry, wire };
    });
    changed.push(...left);
  }
  if (changed.length > 0) await io.store.commit([{ table: 'entries', put: changed }]);
  const last = rows.at(-1);
  return last ? Number(last.key) : null;
}

/** The entries by which parts were withdrawn whose time is over, and that were not destroyed here. */
async function selectDue(vault: OpenVault): Promise<readonly Digest[]> {
  const { roster, log, destroyed } = vault.log.ledger;
  const settled = roster?.withdrawals.flatMap(settledEntries).filter((entry) => !destroyed.includes(entry)) ?? [];
  if (!roster || settled.length === 0 || !('time' in log.checkpoint)) return [];
  const now = Math.min(vault.io.clock.now(), log.checkpoint.time * 1000);
  const arrived = new Map(
    (await entriesOfStream(vault, roster.stream)).map(({ entry, arrivedAt }) => [hashEntry(entry), arrivedAt]),
  );
  return settled.filter((entry) => (arrived.get(entry) ?? Number.POSITIVE_INFINITY) + grace <= now);
}
