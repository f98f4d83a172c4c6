import { deviceOf, hasEnded, type Roster } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import { disposalsOf, goesWith, namingsAgainst, wasNamed } from '#shared/domain/unit/withdrawals.ts';
import type { Digest, StreamId } from '#shared/kernel/ids.ts';
import { parseBox } from './box.ts';
import type { Entry, WireEntry } from './entry.ts';
import { isWithdrawn, type WireBox, withdrawBox } from './wire-box.ts';

/*
 * What of an entry was withdrawn by the acts of a roster. The endpoint serves entries without it and destroys it after the time
 * of grace, as replicas do. It is read off labels, which stay, so it can also be asked of what is gone. A box for a device that
 * has ended is served no more either; no act withdrew it, so it is not destroyed.
 */

/** What is withdrawn of a unit's log. */
export interface Withdrawn {
  readonly roster: Pick<Roster, 'withdrawals' | 'generations' | 'devices' | 'members'>;
  /** For whom a stream was begun, as the label of its first box says; null where that is not known. */
  readonly first: (stream: StreamId) => Scope | null;
}

/** Which entries' withdrawals are asked for: those whose time of grace is over, or all that stand. */
type IsDue = (entry: Digest) => boolean;
const always: IsDue = () => true;

/** Null for what is no box of a content key, which nobody withdraws. */
const placed = (box: WireBox, beside: StreamId) => {
  const parsed = parseBox(box);
  return parsed && { ...parsed, beside };
};
type Placed = NonNullable<ReturnType<typeof placed>>;

function isBoxOut(box: Placed, { roster, first }: Withdrawn, isDue: IsDue): boolean {
  const readers = first(goesWith(box));
  return readers ? namingsAgainst(roster, box, readers).some(({ entry }) => isDue(entry)) : false;
}

function isForEnded({ to }: Placed, { roster }: Withdrawn): boolean {
  const device = 'device' in to ? deviceOf(roster, to.device) : null;
  return device !== null && hasEnded(roster, device);
}

/** Whether a box is to be destroyed or, without `isDue`, is not served. */
function isOut(box: WireBox, beside: StreamId, withdrawn: Withdrawn, isDue?: IsDue): boolean {
  const found = placed(box, beside);
  if (!found) return false;
  return isBoxOut(found, withdrawn, isDue ?? always) || (!isDue && isForEnded(found, withdrawn));
}

function isBodyOut(stream: StreamId, { roster, first }: Withdrawn, isDue: IsDue): boolean {
  const readers = first(stream);
  return readers !== null && disposalsOf(roster, stream, readers).some(({ entry }) => isDue(entry));
}

/**
 * The entry without what is withdrawn of it; the same object where nothing is. An entry of the roster stays whole.
 * @param isDue what is to be destroyed; without it, all that is not served
 */
export function withoutWithdrawn({ header, wire }: Entry, withdrawn: Withdrawn, isDue?: IsDue): WireEntry {
  if (header.key === null) return wire;
  const { stream } = header;
  const isShut = wire.body !== null && isBodyOut(stream, withdrawn, isDue ?? always);
  const out = wire.boxes.map((box) => !isWithdrawn(box) && isOut(box, stream, withdrawn, isDue));
  if (!isShut && !out.includes(true)) return wire;
  return {
    ...wire,
    body: isShut ? null : wire.body,
    boxes: wire.boxes.map((box, index) => (out[index] ? withdrawBox(box) : box)),
  };
}

/** Whether a part is missing that is not withdrawn now: it was not when it came, or what withdrew it was undone since. */
export const lacksServed = ({ header: { stream }, wire }: Entry, withdrawn: Withdrawn): boolean =>
  (wire.body === null && !isBodyOut(stream, withdrawn, always)) ||
  wire.boxes.some((box) => isWithdrawn(box) && !isOut(box, stream, withdrawn));

/** Whether a part is missing that nobody withdrew. What was destroyed stays so, where the stream was given back since. */
export function lacksUnexplained({ header: { stream }, wire }: Entry, withdrawn: Withdrawn): boolean {
  if (wire.body === null && !isBodyOut(stream, withdrawn, always)) return true;
  return wire.boxes.some((box) => isWithdrawn(box) && !isExplained(box, stream, withdrawn));
}

function isExplained(box: WireBox, beside: StreamId, withdrawn: Withdrawn): boolean {
  const found = placed(box, beside);
  const readers = found && withdrawn.first(goesWith(found));
  if (found && readers && wasNamed(withdrawn.roster, found, readers)) return true;
  return found !== null && isForEnded(found, withdrawn);
}
