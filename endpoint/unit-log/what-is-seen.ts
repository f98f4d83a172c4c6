import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import type { Seen } from '#shared/log/seen.ts';
import type { OpenEndpoint } from '../open-endpoint.ts';
import type { LockedUnit } from '../storage/storage.ts';
import { LogDiffers } from './log-differs.ts';
import { isOfTree } from './set-back.ts';
import { readLeaf, type StoredLog } from './verified-log.ts';

/** The keys that the roster names after so many entries of the log. @param roster at the end of the log */
async function keysAtSize(
  locked: LockedUnit,
  { tree }: Pick<StoredLog, 'tree'>,
  roster: Roster,
  size: number,
): Promise<EndpointPublicKeys> {
  for (const former of roster.formerKeys) {
    const position = await locked.rosterPosition(former.replacedBy);
    if (position === null) throw new LogDiffers('An entry that replaced the keys of the endpoint is missing.');
    // A row says where it stands, which proves nothing.
    await readLeaf(locked, tree, position, former.replacedBy);
    if (size < position) return former;
  }
  return roster;
}

/** Whether members gave this key up: what it signed says nothing of this endpoint. */
const wasGivenUp = ({ formerKeys }: Roster, key: AuthorKey): boolean =>
  formerKeys.findLast(({ checkpointKey }) => checkpointKey === key)?.wereLost ?? false;

/**
 * What a checkpoint shows that a key of this endpoint signed: this log; another one, which this endpoint then had; or nothing,
 * because that key was not in use any more at that size, or members gave it up.
 */
export async function whatIsSeen(
  { keys }: Pick<OpenEndpoint, 'keys'>,
  locked: LockedUnit,
  { roster, tree }: Pick<StoredLog, 'roster' | 'tree'>,
  seen: Seen,
  by: AuthorKey,
): Promise<'this log' | 'other log' | 'nothing'> {
  const isOurs = await isOfTree(seen, tree);
  if (!roster || seen.size === 0) return isOurs ? 'this log' : 'other log';
  const named = await keysAtSize(locked, { tree }, roster, Math.min(seen.size, tree.size));
  if (isOurs) return by === named.checkpointKey ? 'this log' : 'nothing';
  // A log that was set back may not know yet of a key that signed it since.
  return keys.isOlder(by, named.checkpointKey) || wasGivenUp(roster, by) ? 'nothing' : 'other log';
}
