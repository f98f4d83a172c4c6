import { isLater, recordedAt, type Trace } from '#shared/domain/case/resurfacing.ts';
import type { LinkKind } from '#shared/domain/links/referral-linked.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Appearance } from '../queue-api.ts';
import { currentStream, firstStream, whenConfirmed } from './case-index.ts';
import { traceOf } from './derived.ts';

/*
 * Which cases recorded for intelligence appear again, and in which referrals: a view on what is confirmed, what waits
 * and the sightings of `sighting-watch.ts`. It says so to nobody but the screen, and of no case that this member cannot open.
 */

function currentTrace({ cases: { projected, confirmed } }: OpenVault, id: StreamId): Trace | undefined {
  const state = projected.get(id);
  return state ? traceOf(state) : confirmed.get(id)?.trace;
}

/** When a case was recorded for intelligence; null when it is not, or is not known here. */
export function recordedAtOf(vault: OpenVault, id: StreamId): string | null {
  const trace = currentTrace(vault, id);
  return trace ? recordedAt(trace) : null;
}

/** What bears on other cases: where persons linked or rejected each, under the stream in which that began. */
type Judging = ReadonlyMap<StreamId, readonly StreamId[]>;

interface Confirmed {
  readonly recorded: readonly StreamId[];
  readonly judging: Judging;
}

/** Which cases are recorded for intelligence, and in which cases each was linked or rejected. */
function readConfirmed({ cases }: OpenVault): Confirmed {
  const recorded: StreamId[] = [];
  const judging = new Map<StreamId, StreamId[]>();
  for (const [id, { trace }] of cases.confirmed) {
    if (trace.recorded) recorded.push(id);
    for (const named of [...(trace.linked ?? []).map((link) => link.case), ...(trace.rejected ?? [])]) {
      const other = firstStream(cases, named);
      judging.set(other, [...(judging.get(other) ?? []), id]);
    }
  }
  return { recorded, judging };
}

/** The cases in which persons may have judged this one: it, those known to, and those with something that waits. */
function* judgesOf({ cases: { projected } }: OpenVault, id: StreamId, judging: Judging): Iterable<StreamId> {
  yield* judging.get(id) ?? [];
  yield* projected.keys();
}

interface Judged {
  readonly linked: ReadonlyMap<StreamId, LinkKind>;
  readonly rejected: ReadonlySet<StreamId>;
}

/** What persons said of this case and others, in whichever of them: each is named by the stream in which it began. */
function selectJudged(vault: OpenVault, id: StreamId, trace: Trace | undefined, judging: Judging): Judged {
  const began = (each: StreamId): StreamId => firstStream(vault.cases, each);
  const own = began(id);
  const rejected = new Set(trace?.rejected?.map(began));
  const linked = new Map(trace?.linked?.map((link) => [began(link.case), link.kind]));
  for (const judge of judgesOf(vault, own, judging)) {
    const { linked: links = [], rejected: rejections = [] } = currentTrace(vault, judge) ?? {};
    for (const link of links) if (began(link.case) === own) linked.set(began(judge), link.kind);
    if (rejections.some((each) => began(each) === own)) rejected.add(began(judge));
  }
  return { linked, rejected };
}

/** The other referrals that concern the same, and why: what a person said of it before what was only found. */
function selectOthers(vault: OpenVault, id: StreamId, { linked, rejected }: Judged): Map<StreamId, readonly Notice[]> {
  const found = vault.matching.found.byCase[firstStream(vault.cases, id)] ?? [];
  const open = found.filter((sighting) => !rejected.has(sighting.case));
  const others = new Map<StreamId, readonly Notice[]>(open.map((sighting) => [sighting.case, sighting.because]));
  for (const [other, kind] of linked) others.set(other, [notice('linked', { kind }), ...(others.get(other) ?? [])]);
  return others;
}

/** The other referrals of the same subject: linked by a person, or with the same name or collar number and not rejected. */
function selectRepeats(vault: OpenVault, id: StreamId, { linked, rejected }: Judged): ReadonlySet<StreamId> {
  const alike = vault.matching.matcher?.repeatsOf(id).map((other) => firstStream(vault.cases, other)) ?? [];
  return new Set([...linked.keys(), ...alike.filter((other) => !rejected.has(other))]);
}

/** Those that came after the case was recorded, the newest first. */
function toAppearances(
  vault: OpenVault,
  trace: Trace,
  others: ReadonlyMap<StreamId, readonly Notice[]>,
): readonly Appearance[] {
  const { confirmed, projected } = vault.cases;
  return [...others]
    .flatMap(([other, because]) => {
      const id = currentStream(vault.cases, other);
      const received = currentTrace(vault, id)?.received;
      const known = projected.get(id)?.referral ?? confirmed.get(id)?.summary;
      if (!known || received === undefined || !isLater(trace, received)) return [];
      const { reference, receivedAt } = known;
      return [{ received, appearance: { case: id, reference, receivedAt, because } }];
    })
    .sort((one, other) => other.received - one.received)
    .map(({ appearance }) => appearance);
}

export interface Appearances {
  /** In which referrals one case appears again: none when it is not recorded for intelligence. */
  of(id: StreamId): readonly Appearance[];
  /** Which others concern the same subject, as far as is known. */
  repeatsOf(id: StreamId): ReadonlySet<StreamId>;
  /** Of every case that appears again. */
  all(): ReadonlyMap<StreamId, readonly Appearance[]>;
}

export function createAppearances(vault: OpenVault): Appearances {
  const confirmed = whenConfirmed(vault.cases, () => readConfirmed(vault));
  const of = (id: StreamId): readonly Appearance[] => {
    const trace = currentTrace(vault, id);
    if (!trace?.recorded) return [];
    const judged = selectJudged(vault, id, trace, confirmed().judging);
    return toAppearances(vault, trace, selectOthers(vault, id, judged));
  };
  return {
    of,
    repeatsOf: (id) => selectRepeats(vault, id, selectJudged(vault, id, currentTrace(vault, id), confirmed().judging)),
    all() {
      const ids = new Set([...confirmed().recorded, ...vault.cases.projected.keys()]);
      const found = [...ids].map((id) => [id, of(id)] as const);
      return new Map(found.filter(([, appearances]) => appearances.length > 0));
    },
  };
}
