import type { ContentKeyId, Digest, EventId, GenerationId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { DisposalReason } from '../policy/disposal-reasons.ts';
import { type NamedGenerations, type Scope, scopeOfGeneration } from './scopes.ts';

/*
 * What was withdrawn of the log. Boxes, to hand a stream from one scope to another or to cut somebody off: that closes the
 * stream, and its case goes on in a new one. Or bodies, to dispose of a whole case. What is withdrawn is served no more at
 * once, and destroyed after a time of grace. It follows from the roster, and from for whom each stream was begun, which the
 * label of its first box says; so everybody who reads the log agrees on it.
 */

interface Withdrawal {
  /** Hash of the entry from which it counts: what a confirmation or a stop names. */
  readonly entry: Digest;
  readonly by: MemberId;
  /** Within the time of grace everything can be served again. */
  readonly stopped: boolean;
}

/** Content keys whose boxes for the former readers go. */
export interface NamedKeys {
  /** Hash of the entry that names them: their time of grace begins with it. */
  readonly entry: Digest;
  readonly by: MemberId;
  readonly keys: readonly ContentKeyId[];
  /** Another member who said that the new boxes open. Nothing is destroyed before. */
  readonly confirmedBy: MemberId | null;
}

/** Where the answer to a reply key goes once its stream is closed (replies.ts). */
export interface ReplySuccessor {
  /** The hash of the public key that it takes the place of. */
  readonly key: Digest;
  readonly publicKey: string;
  readonly stream: StreamId;
}

export interface WithdrawnBoxes extends Withdrawal {
  readonly kind: 'boxes';
  /** Of its event: what a later act on the stream builds upon. */
  readonly event: EventId;
  readonly stream: StreamId;
  /** The act by which its author knew the stream to be of `from`; null where it was begun for them. */
  readonly after: EventId | null;
  /** Who read it. */
  readonly from: Scope;
  /** Who reads it now. */
  readonly to: Scope;
  /** By its author, and by others since. Boxes of other keys stay. */
  readonly named: readonly NamedKeys[];
  readonly replies: readonly ReplySuccessor[];
}

export interface WithdrawnBodies extends Withdrawal {
  readonly kind: 'bodies';
  readonly scope: Scope;
  readonly streams: readonly StreamId[];
  /** Chunks of attachments. */
  readonly blobs: readonly Digest[];
  readonly reason: DisposalReason;
}

export type AnyWithdrawal = WithdrawnBoxes | WithdrawnBodies;

/** What is asked of a roster here. */
interface Acts {
  readonly withdrawals: readonly AnyWithdrawal[];
}

/** The streams that an act is about. */
export const streamsOf = (act: AnyWithdrawal): readonly StreamId[] =>
  act.kind === 'boxes' ? [act.stream] : act.streams;

/**
 * The entries by which an act withdraws what may be destroyed once their time of grace is over: none where it was stopped, and
 * of boxes only what another member confirmed.
 */
export function settledEntries(act: AnyWithdrawal): readonly Digest[] {
  if (act.stopped) return [];
  const settled = act.kind === 'boxes' ? act.named.filter(({ confirmedBy }) => confirmedBy !== null) : [act];
  return settled.map(({ entry }) => entry);
}

/** The acts on a stream's boxes that stand, in the order of the log, whatever they claim. */
export const closingsOf = ({ withdrawals }: Acts, stream: StreamId): readonly WithdrawnBoxes[] =>
  actsOn(withdrawals, stream).filter((each): each is WithdrawnBoxes => each.kind === 'boxes' && !each.stopped);

interface History {
  /** By which the stream was handed on, in the order of the log. */
  readonly acts: readonly WithdrawnBoxes[];
  readonly disposals: readonly WithdrawnBodies[];
}

/** Those to whom acts handed a stream and who did not hand it on; for whom it was begun where there are none. */
function lastOf(acts: readonly WithdrawnBoxes[], first: Scope): readonly [Scope, ...Scope[]] {
  const last = acts.filter(({ event }) => !acts.some(({ after }) => after === event)).map(({ to }) => to);
  const [one = first, ...others] = new Set(last);
  return [one, ...others];
}

const reads = (acts: readonly WithdrawnBoxes[], first: Scope, scope: Scope | null): boolean =>
  lastOf(acts, first).some((each) => each === scope);

/**
 * What became of a stream, by the acts that stand. One that hands it on builds upon what its author knew: on the stream as it
 * was begun, or on one of the acts before. So where two handed it on at once, not knowing of each other, both count, and it
 * goes on in two places. An act that names another scope than the one whose the stream then was hands nothing on, whatever its
 * author claims. A disposal counts where its scope alone reads the stream as it comes; what was disposed of is not handed on.
 */
function historyOf({ withdrawals }: Acts, stream: StreamId, first: Scope): History {
  const { histories } = readOnce(withdrawals);
  const name = `${first} ${stream}`;
  const known = histories.get(name) ?? makeHistory(actsOn(withdrawals, stream), first);
  histories.set(name, known);
  return known;
}

/** What was read of a list of acts, which never changes: each entry and each box of a log asks for it. */
interface ReadOnce {
  readonly byStream: ReadonlyMap<StreamId, readonly AnyWithdrawal[]>;
  readonly histories: Map<string, History>;
}

const readLists = new WeakMap<readonly AnyWithdrawal[], ReadOnce>();

function readOnce(withdrawals: readonly AnyWithdrawal[]): ReadOnce {
  const known = readLists.get(withdrawals);
  if (known) return known;
  const byStream = new Map<StreamId, AnyWithdrawal[]>();
  for (const each of withdrawals) {
    for (const stream of streamsOf(each)) {
      const others = byStream.get(stream);
      if (others) others.push(each);
      else byStream.set(stream, [each]);
    }
  }
  const read = { byStream, histories: new Map<string, History>() };
  readLists.set(withdrawals, read);
  return read;
}

const actsOn = (withdrawals: readonly AnyWithdrawal[], stream: StreamId): readonly AnyWithdrawal[] =>
  readOnce(withdrawals).byStream.get(stream) ?? [];

function makeHistory(withdrawals: readonly AnyWithdrawal[], first: Scope): History {
  const acts: WithdrawnBoxes[] = [];
  const disposals: WithdrawnBodies[] = [];
  for (const each of withdrawals) {
    if (each.stopped) continue;
    if (each.kind === 'bodies') {
      if (lastOf(acts, first).every((scope) => scope === each.scope)) disposals.push(each);
    } else if (disposals.length === 0) {
      const whose = each.after === null ? first : acts.find(({ event }) => event === each.after)?.to;
      if (whose === each.from) acts.push(each);
    }
  }
  return { acts, disposals };
}

/** How many times a member handed a stream on, whether or not it counts. */
export const timesHandedOn = ({ withdrawals }: Acts, stream: StreamId, member: MemberId): number =>
  actsOn(withdrawals, stream).filter((each) => each.kind === 'boxes' && each.by === member).length;

/** The acts by which a stream was handed on: none while it is open. @param first for whom it was begun */
export const handedOn = (roster: Acts, stream: StreamId, first: Scope): readonly WithdrawnBoxes[] =>
  historyOf(roster, stream, first).acts;

/** Who reads a stream now: those for whom it was begun, or all those to whom it was handed and who did not hand it on. */
export const readersNow = (roster: Acts, stream: StreamId, first: Scope): readonly [Scope, ...Scope[]] =>
  lastOf(handedOn(roster, stream, first), first);

/** The disposals that a stream's bodies are subject to. */
export const disposalsOf = (roster: Acts, stream: StreamId, first: Scope): readonly WithdrawnBodies[] =>
  historyOf(roster, stream, first).disposals;

/** Whether members of a scope say that they disposed of a stream: as far as the roster alone tells. */
export const isDisposedBy = ({ withdrawals }: Acts, stream: StreamId, scope: Scope): boolean =>
  actsOn(withdrawals, stream).some((each) => each.kind === 'bodies' && !each.stopped && each.scope === scope);

/** What the label of a box says, and where it stands. */
interface Labelled {
  readonly key: ContentKeyId;
  readonly stream: StreamId;
  readonly to: { readonly generation: GenerationId } | { readonly device: string };
  /** The stream of the entry that it stands beside. */
  readonly beside: StreamId;
}
type ActsAndKeys = Acts & NamedGenerations;

/**
 * The stream with which a box goes. A box for a single device stands beside an entry of the stream that its member was given,
 * also where its key is of a closed one that this continues; so it goes when that is handed on, and not before.
 */
export const goesWith = ({ stream, to, beside }: Pick<Labelled, 'stream' | 'to' | 'beside'>): StreamId =>
  'device' in to ? beside : stream;

/** The scope that a box is for; null for one of a device, or of a generation that the roster does not name. */
const scopeOf = (roster: ActsAndKeys, { to }: Pick<Labelled, 'to'>): Scope | null =>
  'device' in to ? null : scopeOfGeneration(roster, to.generation);

/** The acts by which a box's readers handed its stream on. A box for a single device goes with any, one for a scope not with what leaves it there. */
const actsAgainst = (acts: readonly WithdrawnBoxes[], box: Pick<Labelled, 'to'>, scope: Scope | null) =>
  acts.filter(({ from, to }) => 'device' in box.to || (from === scope && to !== scope));

/**
 * Where acts name the key of a box. One for a single device goes whether or not they do, with what they name first: what only
 * single devices can open counts for nobody, so nothing is lost with it.
 */
const namingsOf = (acts: readonly WithdrawnBoxes[], { key, to }: Labelled): readonly NamedKeys[] =>
  acts.flatMap(({ named }) => ('device' in to ? named.slice(0, 1) : named.filter(({ keys }) => keys.includes(key))));

/**
 * Whether a box's key was once named as one whose boxes for its readers go, whether or not the stream was given back to them
 * since: then it may be gone. @param first for whom the stream was begun that it goes with
 */
export const wasNamed = (roster: ActsAndKeys, box: Labelled, first: Scope): boolean =>
  namingsOf(actsAgainst(handedOn(roster, goesWith(box), first), box, scopeOf(roster, box)), box).length > 0;

/** Whether a later act that builds upon this one gave the stream back to a scope. */
const isGivenBack = (acts: readonly WithdrawnBoxes[], { event }: WithdrawnBoxes, scope: Scope | null): boolean =>
  acts.some((each) => each.after === event && (each.to === scope || isGivenBack(acts, each, scope)));

/**
 * By whom, and where, a box's key was named as one whose boxes for its readers go, and they do not read the stream now: none
 * where the box stands. @param first for whom the stream was begun that it goes with
 */
export function namingsAgainst(roster: ActsAndKeys, box: Labelled, first: Scope): readonly NamedKeys[] {
  const acts = handedOn(roster, goesWith(box), first);
  const scope = scopeOf(roster, box);
  const against = actsAgainst(acts, box, scope);
  if (against.length === 0 || reads(acts, first, scope)) return [];
  const standing = against.filter((act) => !isGivenBack(acts, act, scope));
  return namingsOf(standing, box);
}

/**
 * Whether a box is for readers from whom its stream was taken, and who do not read it now.
 * @param first for whom the stream was begun that it goes with
 */
export function isForFormerReaders(
  roster: ActsAndKeys,
  box: Pick<Labelled, 'stream' | 'to' | 'beside'>,
  first: Scope,
): boolean {
  const acts = handedOn(roster, goesWith(box), first);
  const scope = scopeOf(roster, box);
  return actsAgainst(acts, box, scope).length > 0 && !reads(acts, first, scope);
}
