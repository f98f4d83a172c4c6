import { applyToRoster, type RosterGround } from '#shared/domain/membership/apply-to-roster.ts';
import { deviceOf, type MaybeRoster, type Roster } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import { closingsOf, isForFormerReaders } from '#shared/domain/unit/withdrawals.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { parseBox } from '#shared/log/box.ts';
import { type Entry, isInClear } from '#shared/log/entry.ts';
import { type RosterReading, readRosterEntry, rosterGround } from '#shared/log/roster-entry.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';

/** For whom a stream was begun; null where it is not in the log yet. */
type FirstReaders = (stream: StreamId) => Promise<Scope | null>;

/**
 * Refuses the first of the genuine entries that the log may not have, each by the roster as those before it leave it. An act
 * that the roster's rules refuse is no reason: it is appended as evidence, and changes nothing.
 * @returns the roster with them
 * @param before null when the log is empty: then they begin with the unit's founding
 */
export async function judgeEntries(
  before: MaybeRoster,
  entries: readonly Entry[],
  { keys }: Pick<Service, 'keys'>,
  firstReaders: FirstReaders,
): Promise<MaybeRoster> {
  // The founder of a founded unit is in its roster; of one that is not, whoever comes first.
  const ground = rosterGround({
    founder: null,
    endpoints: keys.all,
  });
  let roster = before;
  for (const entry of entries) {
    roster = roster ? await judgeNext(roster, entry, ground, firstReaders) : await judgeFounding(entry, ground);
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

async function judgeNext(
  roster: Roster,
  entry: Entry,
  ground: RosterGround,
  firstReaders: FirstReaders,
): Promise<Roster> {
  const { id, author, stream } = entry.header;
  const reading = isInClear(entry) ? await readAct(entry) : null;
  if (!deviceOf(roster, author)) {
    throw new Refusal('entry-author-unknown', `The author of entry ${id} was never bound to a member of this unit.`);
  }
  if ((reading !== null) !== (stream === roster.stream)) {
    throw new Refusal(
      'entry-malformed',
      `Entry ${id} stands in a stream of the other kind: the roster's is in the clear.`,
    );
  }
  if (!reading) await refuseFormerReaders(roster, entry, firstReaders);
  const after = reading && applyToRoster(roster, reading.step, ground);
  return after?.ok ? after.value : roster;
}

/** Of a stream that was handed to others, no key is given any more to those who read it before. */
async function refuseFormerReaders(roster: Roster, { header, wire }: Entry, firstReaders: FirstReaders): Promise<void> {
  if (roster.withdrawals.length === 0) return;
  for (const each of wire.boxes) {
    const box = parseBox(each);
    if (!box || closingsOf(roster, box.stream).length === 0) continue;
    const first = await firstReaders(box.stream);
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
