import { sealingKeyIdOf } from '#shared/crypto/sealing-key.ts';
import type { Digest, StreamId } from '#shared/kernel/ids.ts';
import type { Scope } from './scopes.ts';
import { handedOn } from './withdrawals.ts';

/*
 * What will be answered from outside carries a reply key made for it alone, and the answer is sealed to that key and to no
 * scope: who is cut off from a case must not open what comes for it later. So whoever closes a stream names for each reply key
 * of it that is open a successor, whose seed lies in the stream in which the case goes on.
 */

/** Where an answer goes, and the key that it is sealed to. */
export interface ReplyTo {
  readonly stream: StreamId;
  /** The hash of the public key. */
  readonly key: Digest;
  /** For whom the stream was begun. */
  readonly scope: Scope;
}

/** The same after each closing: `publicKey` is null where it is the key that was asked with. */
export interface ReplyNow extends ReplyTo {
  readonly publicKey: string | null;
}

/** Where an answer goes now, by the acts of the roster of the unit that asked. */
export function replyNow(roster: Parameters<typeof handedOn>[0], asked: ReplyTo): ReplyNow {
  let now: ReplyNow = { ...asked, publicKey: null };
  for (const been = new Set<StreamId>(); ; ) {
    been.add(now.stream);
    const { key } = now;
    const [next] = handedOn(roster, now.stream, now.scope).flatMap(({ to, replies }) =>
      replies.filter((each) => each.key === key).map(({ publicKey, stream }) => ({ scope: to, publicKey, stream })),
    );
    // Acts that name each other would never end.
    if (!next || been.has(next.stream)) return now;
    now = { ...next, key: sealingKeyIdOf(next.publicKey) };
  }
}
