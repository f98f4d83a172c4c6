import { envelopeOf } from '#shared/domain/event/envelope.ts';
import { applyToRoster } from '#shared/domain/membership/apply-to-roster.ts';
import { endpointRekeyed } from '#shared/domain/membership/endpoint-rekeyed.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { type EndpointSigningKeys, makeReplacement } from '#shared/log/endpoint-keys-proof.ts';
import { createRosterEntry, type Entry } from '#shared/log/entry.ts';
import { readRosterEntry, rosterGround } from '#shared/log/roster-entry.ts';
import { TileBroken } from '#shared/log/tree/tile-reader.ts';
import { Refusal } from '../http/problems.ts';
import type { OpenEndpoint } from '../open-endpoint.ts';
import type { LockedUnit } from '../storage/storage.ts';
import { appendEntries } from './append-entries.ts';
import { LogDiffers } from './log-differs.ts';
import { signingKeyOf } from './own-checkpoint.ts';
import { newEntryId, stamp } from './seal-entry.ts';
import { refuseIfSetBack } from './set-back.ts';
import { readVerifiedLog, type VerifiedLog } from './verified-log.ts';
import { withinUnit } from './within-unit.ts';

/**
 * Tells the log of each unit which keys the endpoint has now: each log in a transaction of its own, one replacement after the
 * other. What a crash leaves undone is done at the next start. Once every log names those of today, the private halves of
 * the keys of before are forgotten: not before each unit is founded, since one that is enrolled already has pinned them.
 * @returns the units whose logs cannot be told now
 */
export async function tellUnits(endpoint: OpenEndpoint): Promise<readonly UnitId[]> {
  const { keys, storage } = endpoint;
  if (keys.all.length === 1) return [];
  const units = await storage.units();
  const untold: UnitId[] = [];
  for (const { id, founded } of units) if (founded && !(await tellUnit(endpoint, id))) untold.push(id);
  if (untold.length === 0 && units.every(({ founded }) => founded)) await keys.forget();
  return untold;
}

/** @returns false where what is stored of its log cannot be gone on with, or names keys that this endpoint does not have */
async function tellUnit(endpoint: OpenEndpoint, unit: UnitId): Promise<boolean> {
  try {
    while (await withinUnit(endpoint, unit, (locked) => appendNext(endpoint, unit, locked)));
    return true;
  } catch (error) {
    if (error instanceof LogDiffers || error instanceof TileBroken || error instanceof Refusal) return false;
    throw error;
  }
}

/** @returns false when the log names the keys of today */
async function appendNext(endpoint: OpenEndpoint, unit: UnitId, locked: LockedUnit): Promise<boolean> {
  refuseIfSetBack(locked);
  const log = await readVerifiedLog(endpoint, unit, locked);
  const next = log.roster && endpoint.keys.next(log.roster);
  if (!log.roster || !next) return false;
  const entry = await signRekeying(endpoint, unit, locked, log, log.roster, next);
  await appendEntries(endpoint, unit, locked, log, [entry], await rosterWith(log.roster, entry));
  return true;
}

async function signRekeying(
  endpoint: OpenEndpoint,
  unit: UnitId,
  locked: LockedUnit,
  log: VerifiedLog,
  roster: Roster,
  next: EndpointSigningKeys,
): Promise<Entry> {
  const [old, oldCheckpoints] = [
    await signingKeyOf(endpoint, roster.endpointKey),
    await signingKeyOf(endpoint, roster.checkpointKey),
  ];
  const data = await makeReplacement(unit, roster, next, oldCheckpoints);
  const event = envelopeOf(endpointRekeyed, stamp(endpoint.clock), data);
  const prev = (await locked.tipOf(old.author))?.hash ?? null;
  const place = { id: newEntryId(endpoint.clock), unit, stream: roster.stream, prev, seen: log.checkpoint };
  return createRosterEntry({ place, event, boxes: [] }, old);
}

/** @throws when the rules refuse it: it is appended nowhere then */
async function rosterWith(roster: Roster, entry: Entry): Promise<Roster> {
  const read = await readRosterEntry(entry);
  const next = read.ok ? applyToRoster(roster, read.value.step, rosterGround({ founder: null, endpoints: [] })) : read;
  if (!next.ok) throw new Refusal('endpoint-keys-missing', `The keys cannot be replaced: ${next.error.code}.`);
  return next.value;
}
