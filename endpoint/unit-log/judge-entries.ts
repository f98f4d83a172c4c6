import { applyToRoster, type RosterGround } from '#shared/domain/membership/apply-to-roster.ts';
import { wasRecoveryKey } from '#shared/domain/unit/recovery.ts';
import { deviceOf, type MaybeRoster, type Roster } from '#shared/domain/unit/roster.ts';
import { type Scope, scopeOfGeneration } from '#shared/domain/unit/scopes.ts';
import { closingsOf, goesWith, isForFormerReaders } from '#shared/domain/unit/withdrawals.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { parseBox } from '#shared/log/box.ts';
import { makerOf } from '#shared/log/content-key.ts';
import { type Entry, isInClear } from '#shared/log/entry.ts';
import { type RosterReading, readRosterEntry, rosterGround } from '#shared/log/roster-entry.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';

/** What is asked of the log that the entries come to. */
interface StreamsOfLog {
  /** Whether it has an entry of a stream. */
  isBegun(stream: StreamId): Promise<boolean>;
  /** For whom a stream was begun; null where it is not in the log yet. */
  firstReaders(stream: StreamId): Promise<Scope | null>;
}

/**
 * Refuses the first of the genuine entries that the log may not have, each by the roster as those before it leave it. An act
 * that the roster's rules refuse is no reason: it is appended as evidence, and changes nothing.
 * @returns the roster with them
 * @param before null when the log is empty: then they begin with the unit's founding
 */
export async function judgeEntries(
  before: MaybeRoster,
  entries: readonly Entry[],
  { keys, directory }: Pick<Service, 'keys' | 'directory'>,
  log: StreamsOfLog,
): Promise<MaybeRoster> {
  // The founder of a founded unit is in its roster; of one that is not, whom the operator named, or else whoever comes first.
  const [first] = entries;
  const founder = (first && directory.unit(first.header.unit)?.founder) ?? null;
  const ground = rosterGround({ founder, endpoints: keys.all });
  const begun = new Set<StreamId>();
  const streams: StreamsOfLog = {
    ...log,
    isBegun: async (stream) => begun.has(stream) || (await log.isBegun(stream)),
  };
  let roster = before;
  for (const entry of entries) {
    roster = roster ? await judgeNext(roster, entry, ground, streams) : await judgeFounding(entry, ground);
    begun.add(entry.header.stream);
  }
  return roster;
}

async function judgeFounding(entry: Entry, ground: RosterGround): Promise<Roster> {
  const read = isInClear(entry) ? await readRosterEntry(entry) : null;
  if (!read?.ok) throw foundingRefused('it is none');
  const founded = applyToRoster(null, read.value.step, ground);
  if (!founded.ok) throw foundingRefused(founded.error.code);
  return founded.value;
}

const foundingRefused = (why: string) =>
  new Refusal('founding-refused', `The first entry of a log founds its unit, which this one does not (${why}).`);

async function judgeNext(roster: Roster, entry: Entry, ground: RosterGround, streams: StreamsOfLog): Promise<Roster> {
  const { id, author, stream } = entry.header;
  const reading = isInClear(entry) ? await readAct(entry) : null;
  const after = reading && applyToRoster(roster, reading.step, ground);
  // The recovery key acts on the roster alone, which says what of it counts; a key that renews a device must come to something.
  const isRenewal = reading?.step.definition.actsFor !== undefined && after?.ok === true;
  const mayWrite =
    deviceOf(roster, author) !== null || isRenewal || (reading !== null && wasRecoveryKey(roster, author));
  if (!mayWrite) {
    throw new Refusal('entry-author-unknown', `The author of entry ${id} was never bound to a member of this unit.`);
  }
  if ((reading !== null) !== (stream === roster.stream)) {
    throw new Refusal(
      'entry-malformed',
      `Entry ${id} stands in a stream of the other kind: the roster's is in the clear.`,
    );
  }
  if (!reading) {
    await refuseWithoutReaders(roster, entry, streams);
    await refuseFormerReaders(roster, entry, streams);
  }
  return after?.ok ? after.value : roster;
}

/**
 * For whom a stream is, the first box beside its first entry says (withdrawals.ts): of a key of its author, for a generation
 * that the roster names. Without that nobody could say whose it is, and so nobody could withdraw what is in it; a box beside an
 * entry of another stream would say it to some and not to others.
 */
async function refuseWithoutReaders(roster: Roster, { header, wire }: Entry, { isBegun }: StreamsOfLog): Promise<void> {
  const { id, author, stream } = header;
  const begins = !(await isBegun(stream));
  const made = wire.boxes
    .flatMap((each) => parseBox(each) ?? [])
    .filter(({ key, to }) => makerOf(key) === author && 'generation' in to);
  const [first] = made.filter((box) => box.stream === stream);
  if (begins && !(first && 'generation' in first.to && scopeOfGeneration(roster, first.to.generation))) {
    throw new Refusal('stream-without-readers', `Entry ${id} begins a stream and does not say for whom it is.`);
  }
  for (const box of made) {
    if (box.stream === stream || (await isBegun(box.stream))) continue;
    throw new Refusal('stream-without-readers', `Entry ${id} has a box of a stream that is not begun.`);
  }
}

/** Of a stream that was handed to others, no key is given any more to those who read it before. */
async function refuseFormerReaders(
  roster: Roster,
  { header, wire }: Entry,
  { firstReaders }: StreamsOfLog,
): Promise<void> {
  if (roster.withdrawals.length === 0) return;
  for (const each of wire.boxes) {
    const parsed = parseBox(each);
    const box = parsed && { ...parsed, beside: header.stream };
    if (!box || closingsOf(roster, goesWith(box)).length === 0) continue;
    const first = await firstReaders(goesWith(box));
    if (!first || !isForFormerReaders(roster, box, first)) continue;
    throw new Refusal('stream-closed', `A box of entry ${header.id} is for those from whom its stream was taken.`);
  }
}

async function readAct(entry: Entry): Promise<RosterReading> {
  const { id } = entry.header;
  const read = await readRosterEntry(entry);
  if (read.ok && read.value.step.definition.type === 'unit.founded') {
    throw new Refusal('unit-founded', 'The unit was founded already.');
  }
  if (read.ok) return read.value;
  if (read.error.code === 'event-newer') {
    throw new Refusal('entry-newer', `Entry ${id} is of a newer Probity than this endpoint.`);
  }
  throw new Refusal('entry-malformed', `Entry ${id} is in the clear and no act on the roster.`);
}
