import type { Roster } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import { disposalsOf, namingsAgainst, wasNamed } from '#shared/domain/unit/withdrawals.ts';
import type { Digest, StreamId } from '#shared/kernel/ids.ts';
import { parseBox } from './box.ts';
import type { Entry, WireEntry } from './entry.ts';
import { isWithdrawn, type WireBox, withdrawBox } from './wire-box.ts';

/*
 * What of an entry was withdrawn by the acts of a roster. The endpoint serves entries without it and destroys it after the time
 * of grace, as replicas do. It is read off labels, which stay, so it can also be asked of what is gone.
 */

/** What is withdrawn of a unit's log. */
export interface Withdrawn {
  readonly roster: Pick<Roster, 'withdrawals' | 'generations'>;
  /** For whom a stream was begun, as the label of its first box says; null where that is not known. */
  readonly first: (stream: StreamId) => Scope | null;
}

/** Which entries' withdrawals are asked for: all that stand, or those whose time of grace is over. */
type IsDue = (entry: Digest) => boolean;
const always: IsDue = () => true;

function isBoxOut(box: WireBox, { roster, first }: Withdrawn, isDue: IsDue): boolean {
  const parsed = parseBox(box);
  const readers = parsed && first(parsed.stream);
  return readers ? namingsAgainst(roster, parsed, readers).some(({ entry }) => isDue(entry)) : false;
}

function isBodyOut(stream: StreamId, { roster, first }: Withdrawn, isDue: IsDue): boolean {
  const readers = first(stream);
  return readers !== null && disposalsOf(roster, stream, readers).some(({ entry }) => isDue(entry));
}

/** The entry without what is withdrawn of it; the same object where nothing is. An entry of the roster stays whole. */
export function withoutWithdrawn({ header, wire }: Entry, withdrawn: Withdrawn, isDue: IsDue = always): WireEntry {
  if (header.key === null) return wire;
  const isShut = wire.body !== null && isBodyOut(header.stream, withdrawn, isDue);
  const out = wire.boxes.map((box) => !isWithdrawn(box) && isBoxOut(box, withdrawn, isDue));
  if (!isShut && !out.includes(true)) return wire;
  return {
    ...wire,
    body: isShut ? null : wire.body,
    boxes: wire.boxes.map((box, index) => (out[index] ? withdrawBox(box) : box)),
  };
}

/** Whether a part is missing that is not withdrawn now: it was not when it came, or what withdrew it was undone since. */
export const lacksServed = ({ header, wire }: Entry, withdrawn: Withdrawn): boolean =>
  (wire.body === null && !isBodyOut(header.stream, withdrawn, always)) ||
  wire.boxes.some((box) => isWithdrawn(box) && !isBoxOut(box, withdrawn, always));

/** Whether a part is missing that nobody withdrew. What was destroyed stays so, where the stream was given back since. */
export function lacksUnexplained({ header, wire }: Entry, withdrawn: Withdrawn): boolean {
  if (wire.body === null && !isBodyOut(header.stream, withdrawn, always)) return true;
  return wire.boxes.some((box) => isWithdrawn(box) && !isExplained(box, withdrawn));
}

function isExplained(box: WireBox, { roster, first }: Withdrawn): boolean {
  const parsed = parseBox(box);
  const readers = parsed && first(parsed.stream);
  return readers ? wasNamed(roster, parsed, readers) : false;
}
