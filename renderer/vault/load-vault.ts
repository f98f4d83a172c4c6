import { deviceOf } from '#shared/domain/unit/roster.ts';
import { loadKeyCache, sealKeyCache } from './keys/key-cache.ts';
import { admitGenerations, foldRoster, storedRoster } from './log/fold-roster.ts';
import { loadLog } from './log/load-log.ts';
import { readOutboxRows } from './log/outbox.ts';
import { waiting } from './log/read-entries.ts';
import { renewRoster } from './log/renew-roster.ts';
import { createOpenVault, type Opening, type OpenVault } from './open-vault.ts';

/**
 * Opens what a slot's secrets open: the ledger and the unit's keys. The cases are loaded after, as a queue is asked for.
 * @throws StoreNewer when a newer Probity folded this log: it is left as it is
 */
export async function loadVault(opening: Opening): Promise<OpenVault> {
  const vault = await createOpenVault(opening);
  await loadLog(vault);
  await loadGenerations(vault);
  await renewRoster(vault);
  return vault;
}

/** Whether this device was granted something that it does not hold, or nothing as far as the ledger says. */
function lacksKeys({ log: { ledger }, member: { keyring, slot } }: OpenVault): boolean {
  const granted = deviceOf(ledger.roster, slot.author)?.granted ?? [];
  const missing = ledger.roster?.generations.some(
    ({ scope, id }) => granted.includes(scope) && !keyring.generation(id),
  );
  return keyring.all().length === 0 || missing === true;
}

/** From the cache; where that lacks any, from the grants in the log and in what waits to be sent. */
async function loadGenerations(vault: OpenVault): Promise<void> {
  const { io, member } = vault;
  await loadKeyCache(io.store, member);
  if (!lacksKeys(vault)) return;
  const stored = await storedRoster(vault);
  const inOutbox = (await readOutboxRows(vault)).flatMap(({ entry }) => entry ?? []);
  const pending = await foldRoster(
    vault,
    { roster: stored.last, since: stored.since },
    inOutbox.map((entry) => ({ entry, position: waiting, voidCode: null })),
  );
  const admitted = [await admitGenerations(vault, stored), await admitGenerations(vault, pending)];
  if (admitted.includes(true)) await io.store.commit([{ table: 'meta', put: [await sealKeyCache(member)] }]);
}
