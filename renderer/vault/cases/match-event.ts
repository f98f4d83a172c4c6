import { notice } from '#shared/kernel/refusal.ts';
import { isWholePlate } from './match-clues.ts';
import { type Compared, type ComparedVehicle, halvesOf, type MatchIndex } from './match-index.ts';
import { agreement, type Evidence } from './match-person.ts';
import type { Postings } from './match-terms.ts';
import { weights } from './match-weights.ts';

/** How often a key occurs besides in the two that are compared. */
const elsewhere = (postings: Postings, key: string): number => Math.max(1, postings.slots(key).length - 1);

const spaced = (plate: string): string =>
  /^[A-Z0-9]{7}$/.test(plate) ? `${plate.slice(0, 4)} ${plate.slice(4)}` : plate;
/** As issued: the letters in a place for letters were folded to digits for comparing. */
const shown = (plate: string): string => {
  const letters = (text: string) => text.replaceAll('0', 'O').replaceAll('1', 'I');
  const current = /^([A-Z01]{2})(\d{2})([A-Z01]{0,3})$/.exec(plate);
  return current ? spaced(letters(current[1] ?? '') + (current[2] ?? '') + letters(current[3] ?? '')) : plate;
};

function weighVehicle(mine: ComparedVehicle, theirs: ComparedVehicle, index: MatchIndex): Evidence | null {
  const { blocks } = index;
  const sameMake = mine.make !== '' && mine.make === theirs.make;
  const make = sameMake ? agreement(index, weights.makeOfVehicle, blocks.makes.slots(mine.make).length) : 0;
  if (mine.plate && theirs.plate) {
    if (mine.plate === theirs.plate && isWholePlate(mine.plate)) {
      return {
        bits: weights.wholePlate - Math.log2(elsewhere(blocks.wholePlates, mine.plate)),
        reason: notice('same-vehicle', { plate: shown(mine.plate) }),
      };
    }
    const whole = isWholePlate(mine.plate) && isWholePlate(theirs.plate);
    const half = whole ? undefined : halvesOf(mine.plate).find((part) => halvesOf(theirs.plate).includes(part));
    if (!half) return { bits: weights.otherWholePlate, reason: null };
    const otherMake = mine.make !== '' && theirs.make !== '' && !sameMake;
    const bits = weights.halfPlate + (otherMake ? weights.otherMakeOfVehicle : make);
    return {
      bits,
      reason: notice('same-part-of-plate', { part: shown(half), sameMake }),
    };
  }
  return sameMake ? { bits: make, reason: notice('same-make') } : null;
}

function vehicleEvidence(mine: Compared, theirs: Compared, index: MatchIndex): Evidence | null {
  let best: Evidence | null = null;
  for (const one of mine.vehicles) {
    for (const other of theirs.vehicles) {
      const found = weighVehicle(one, other, index);
      if (found && (!best || found.bits > best.bits)) best = found;
    }
  }
  return best;
}

function phoneEvidence(mine: Compared, theirs: Compared, { blocks }: MatchIndex): Evidence | null {
  const phone = mine.phones.find((each) => theirs.phones.includes(each));
  if (phone === undefined) return null;
  // A number that many name is a helpline or a front desk: it loses twice as fast.
  const bits = weights.phone - 2 * Math.log2(elsewhere(blocks.phones, phone));
  return { bits, reason: notice('same-phone') };
}

function referenceEvidence(mine: Compared, theirs: Compared): Evidence | null {
  if (theirs.earlier !== '' && theirs.earlier === mine.item.reference) {
    return { bits: weights.namesReference, reason: notice('names-this-referral') };
  }
  if (mine.earlier === '') return null;
  if (mine.earlier === theirs.item.reference) {
    return { bits: weights.namesReference, reason: notice('named-by-this-referral') };
  }
  const reason = notice('both-name-earlier', { reference: mine.earlier });
  return mine.earlier === theirs.earlier ? { bits: weights.sameEarlier, reason } : null;
}

/** The rarest shared day and the rarest shared place, less what comes of trying several of each. */
function occasionEvidence(mine: Compared, theirs: Compared, index: MatchIndex): Evidence | null {
  const days = mine.days.filter((day) => theirs.days.includes(day)).map(String);
  const places = mine.places.filter((place) => theirs.places.includes(place));
  if (days.length === 0 || places.length === 0) return null;
  const rarest = (postings: Postings, bounds: { least: number; most: number }, keys: readonly string[]) =>
    Math.max(...keys.map((key) => agreement(index, bounds, postings.slots(key).length)));
  const day = rarest(index.blocks.days, weights.day, days);
  const place = rarest(index.blocks.places, weights.place, places);
  const tried = Math.log2(mine.days.length * mine.places.length * theirs.days.length * theirs.places.length);
  return { bits: day + place - tried, reason: notice('same-place-and-date') };
}

/** What speaks for two referrals concerning one event or one thing, whoever the subjects are. */
export function weighEvent(mine: Compared, theirs: Compared, index: MatchIndex): Evidence[] {
  return [
    referenceEvidence(mine, theirs),
    vehicleEvidence(mine, theirs, index),
    phoneEvidence(mine, theirs, index),
    occasionEvidence(mine, theirs, index),
  ].filter((evidence) => evidence !== null);
}
