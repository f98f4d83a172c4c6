import { fromBase64url } from '#shared/crypto/encoding.ts';
import { sameBytes } from '#shared/log/tree/tree-hash.ts';
import { warning } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import { projectPending } from './project-pending.ts';
import { rebuild } from './rebuild.ts';
import { Regrown } from './regrown.ts';
import { sealTiles } from './tree-rows.ts';
import { walkLog } from './verify-log.ts';

/**
 * Only within the writer. For when stored hashes of the log's tree are damaged, missing or set back: they are made again
 * from the entries. Where those are damaged too, everything is, as far as they are whole.
 */
export async function regrowTree(vault: OpenVault): Promise<void> {
  const { io, log, member } = vault;
  vault.findings.warnings.push(warning('tree-rows', null));
  const regrown = new Regrown();
  for await (const { entries } of walkLog(vault)) await regrown.add(entries);
  const { size, root } = log.ledger.log;
  if (regrown.size === size && sameBytes(await regrown.rootAt(size), fromBase64url(root))) {
    const put = await sealTiles(member.storeKey, regrown.tiles);
    await io.store.commit([{ table: 'tiles', remove: await io.store.keys('tiles'), put }]);
    return;
  }
  await rebuild(vault);
  await projectPending(vault);
}
