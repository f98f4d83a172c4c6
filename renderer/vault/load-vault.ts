import { deviceOf, type MaybeRoster } from '#shared/domain/unit/roster.ts';
import { isInClear } from '#shared/log/entry.ts';
import { loadKeyCache, sealKeyCache } from './keys/key-cache.ts';
import { admitGenerations, foldRoster, storedRoster } from './log/fold-roster.ts';
import type { JudgedEntry } from './log/judge-entries.ts';
import type { Ledger } from './log/ledger.ts';
import { loadLedger, loadReadership } from './log/load-log.ts';
import { readOutboxRows } from './log/outbox.ts';
import { waiting } from './log/read-entries.ts';
import { renewRoster } from './log/renew-roster.ts';
import { createOpenVault, type Opening, type OpenVault } from './open-vault.ts';

/**
 * Opens what a slot's secrets open: the ledger, the unit's keys, and what was read with them. The cases are loaded after, as a
 * queue is asked for.
 * @throws StoreNewer when a newer Probity folded this log: it is left as it is
 */
export async function loadVault(opening: Opening): Promise<OpenVault> {
  const vault = await createOpenVault(opening);
  await loadLedger(vault);
  await loadGenerations(vault);
  await loadReadership(vault);
  await renewRoster(vault);
  vault.log.roster = vault.log.ledger.roster;
  vault.log.record = vault.log.view.record;
  return vault;
}

/** Whether this device was granted something that it does not hold, or nothing as far as the roster says. */
function lacksKeys({ member: { keyring, slot } }: OpenVault, roster: MaybeRoster): boolean {
  const granted = deviceOf(roster, slot.author)?.granted ?? [];
  const missing = roster?.generations.some(({ scope, id }) => granted.includes(scope) && !keyring.generation(id));
  return keyring.all().length === 0 || missing === true;
}

/**
 * From the cache; where that lacks any, from the grants in the log and in what waits to be sent: also in what another member
 * wrote at this workstation, which brings the key that this one is to write under.
 */
async function loadGenerations(vault: OpenVault): Promise<void> {
  const { io, log, member, program } = vault;
  await loadKeyCache(io.store, member);
  const known = log.ledger.fold === program.foldVersion ? log.ledger : await storedGround(vault);
  const pending = await foldRoster(vault, known, await waitingActs(vault));
  if (!lacksKeys(vault, pending.last)) return;
  const admitted = [await admitGenerations(vault, await storedRoster(vault)), await admitGenerations(vault, pending)];
  if (admitted.includes(true)) await io.store.commit([{ table: 'meta', put: [await sealKeyCache(member)] }]);
}

async function storedGround(vault: OpenVault): Promise<Pick<Ledger, 'roster' | 'since' | 'endpointKeys'>> {
  const { last, since, endpointKeys } = await storedRoster(vault);
  return { roster: last, since, endpointKeys };
}

async function waitingActs(vault: OpenVault): Promise<readonly JudgedEntry[]> {
  const rows = await readOutboxRows(vault);
  return rows.flatMap(({ entry }) => (entry && isInClear(entry) ? [{ entry, position: waiting, voidCode: null }] : []));
}
