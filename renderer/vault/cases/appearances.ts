import { isLater, recordedAt, selectTrace, type Trace } from '#shared/domain/assessment/resurfacing.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Held } from '../held.ts';
import type { Appearance } from '../vault-api.ts';

/*
 * Which cases recorded for intelligence appear again, and in which referrals: a view on what is confirmed, what waits
 * and the marks of `lookout.ts`. It says so to nobody but the screen, and of no case that this member cannot open.
 */

type ByPair<T> = Map<StreamId, Map<StreamId, T>>;

function setBothWays<T>(pairs: ByPair<T>, one: StreamId, other: StreamId, value: T): void {
  const put = (from: StreamId, to: StreamId) =>
    pairs.set(from, (pairs.get(from) ?? new Map<StreamId, T>()).set(to, value));
  put(one, other);
  put(other, one);
}

const traceOf = ({ projected, confirmed }: Held, id: StreamId): Trace | undefined => {
  const state = projected.get(id);
  return state ? selectTrace(state) : confirmed.get(id)?.trace;
};

/** When a case was recorded for intelligence; null when it is not, or is not known here. */
export function recordedAtOf(held: Held, id: StreamId): string | null {
  const trace = traceOf(held, id);
  return trace ? recordedAt(trace) : null;
}

/** What persons recorded of cases and their matches. They may link or reject from either of two cases. */
interface Judged {
  readonly recorded: ReadonlyMap<StreamId, Trace>;
  readonly linked: ByPair<string>;
  readonly rejected: ByPair<true>;
}

function selectJudged(held: Held): Judged {
  const recorded = new Map<StreamId, Trace>();
  const linked: ByPair<string> = new Map();
  const rejected: ByPair<true> = new Map();
  for (const id of held.confirmed.keys() as Iterable<StreamId>) {
    const trace = traceOf(held, id);
    if (trace?.recorded) recorded.set(id, trace);
    for (const link of trace?.linked ?? []) setBothWays(linked, id, link.case, link.how);
    for (const other of trace?.rejected ?? []) setBothWays(rejected, id, other, true);
  }
  return { recorded, linked, rejected };
}

/** The other referrals that concern the same, and why: what a person said of it before what was only found. */
function selectOthers({ marks }: Held, id: StreamId, { linked, rejected }: Judged): Map<StreamId, readonly string[]> {
  const open = (marks.byCase[id] ?? []).filter((mark) => !rejected.get(id)?.has(mark.case));
  const others = new Map(open.map((mark) => [mark.case, mark.because]));
  for (const [other, how] of linked.get(id) ?? []) others.set(other, [how, ...(others.get(other) ?? [])]);
  return others;
}

function selectAppearances(held: Held): ReadonlyMap<StreamId, readonly Appearance[]> {
  const judged = selectJudged(held);
  const found = new Map<StreamId, readonly Appearance[]>();
  for (const [id, trace] of judged.recorded) {
    const appearances = toAppearances(held, trace, selectOthers(held, id, judged));
    if (appearances.length > 0) found.set(id, appearances);
  }
  return found;
}

/** Those that came after the case was recorded, the newest first. */
function toAppearances(
  { confirmed }: Held,
  trace: Trace,
  others: ReadonlyMap<StreamId, readonly string[]>,
): readonly Appearance[] {
  return [...others]
    .flatMap(([other, because]) => {
      const known = confirmed.get(other);
      const received = known?.trace?.received;
      if (!known || received === undefined || !isLater(trace, received)) return [];
      const { reference, receivedAt } = known.summary;
      return [{ received, appearance: { case: other, reference, receivedAt, because } }];
    })
    .sort((one, other) => other.received - one.received)
    .map(({ appearance }) => appearance);
}

export type Appearances = () => ReadonlyMap<StreamId, readonly Appearance[]>;

/** Every row of the queue asks: the cases are looked through once a change. */
export function createAppearances(held: Held): Appearances {
  let known: { readonly version: number; readonly found: ReturnType<Appearances> } | null = null;
  return () => {
    if (known?.version !== held.version) known = { version: held.version, found: selectAppearances(held) };
    return known.found;
  };
}
