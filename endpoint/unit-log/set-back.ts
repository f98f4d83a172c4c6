import { fromBase64url } from '#shared/crypto/encoding.ts';
import type { Seen } from '#shared/log/seen.ts';
import type { GrownTree } from '#shared/log/tree/grow-tree.ts';
import { sameBytes } from '#shared/log/tree/tree-hash.ts';
import { Refusal } from '../http/problems.ts';
import type { LockedUnit } from '../storage/storage.ts';

/** Somebody showed a checkpoint that this endpoint signed, of a log that is not here. Thrown to roll back what was begun. */
export class SetBackShown extends Error {
  override readonly name = 'SetBackShown';
  readonly shown: Seen;

  constructor(shown: Seen) {
    super('A checkpoint of this endpoint is not of the log that is here.');
    this.shown = shown;
  }
}

/** Whether it is a checkpoint of this log, as it is or as it was. Says nothing of its signature. */
export const isOfTree = async (seen: Seen, tree: GrownTree): Promise<boolean> =>
  seen.size <= tree.size && sameBytes(await tree.rootAt(seen.size), fromBase64url(seen.root));

export const wasSetBack = () =>
  new Refusal(
    'endpoint-set-back',
    'This endpoint lacks entries of the unit that it took in before: it was set back. It appends nothing until its operator has restored them.',
  );

/** Refuses while this database is known to lack what the endpoint once signed: a second log would grow beside the first. */
export function refuseIfSetBack({ setBack }: LockedUnit): void {
  if (setBack !== null) throw wasSetBack();
}
