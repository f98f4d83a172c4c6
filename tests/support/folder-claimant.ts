/** A process of its own that claims a data folder when it is told to, and holds it until it is told to stop or killed. */
import { claimFolder, type FolderClaim } from '#endpoint/operator/folder-claim.ts';

const folder = process.argv[2] ?? '';
let claim: FolderClaim | null = null;

process.on('message', async (order) => {
  if (order === 'claim') {
    claim = await claimFolder(folder).catch((error: Error) => {
      process.send?.(error.message);
      return null;
    });
    if (claim) process.send?.('held');
  } else {
    await claim?.release();
    process.send?.('released');
  }
});
process.send?.('ready');
