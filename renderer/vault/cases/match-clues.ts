import { findNumbers } from '#shared/domain/report/identifying-numbers.ts';
import { evenText } from '#shared/kernel/folded-text.ts';
import { plain } from './match-names.ts';

/** What in the words of a report identifies a thing: registrations, telephone numbers and places. */

const wholePlate =
  /\b((?=[0-9 ]*[A-Z])[A-Z01]{2}\d{2}[ .-]{0,2}[A-Z01]{3}|[A-Z]\d{1,3}[ .-]?[A-Z]{3}|[A-Z]{3}[ .-]?\d{1,3}[A-Z]|[A-Z]{3}[ .-]?\d{4})\b/;
/** Models such as XC60 look like half a registration: half of one counts only where it is called that. */
const halfPlate =
  /\b(?:REG(?:ISTRATION)?|PLATE|VRM|INDEX|BEGIN\w*|START\w*|END\w*|PART\w*)\b.*?\b([A-Z]{2}\d{2}|(?<=END\w* .*)[A-Z]{3})\b/;
const leastWholePlate = 5;

export const isWholePlate = (plate: string): boolean => plate.length >= leastWholePlate;

/** A witness cannot tell the letters O and I from digits. */
const foldPlate = (text: string): string => text.replace(/[ .-]/g, '').replaceAll('O', '0').replaceAll('I', '1');

const vehicleWords = new Map([
  ['vw', 'volkswagen'],
  ['merc', 'mercedes'],
  ['gray', 'grey'],
  ['landrover', 'land'],
]);
const fillers =
  /\b(an?|the|car|van|vehicle|registration|reg|plate|vrm|index|part|partial|of|with|its?|coloured|begin\w*|start\w*|end\w*)\b/g;

/** "JL67JW0|greaudia4": registration, whole or half or none, and the make in short. */
export function toVehicleKey(written: string): string {
  const upper = evenText(written).toUpperCase();
  const bare = /^[A-Z]{2}\d{2}$/.exec(upper.trim())?.[0];
  const plate = wholePlate.exec(upper)?.[0] ?? halfPlate.exec(upper)?.[1] ?? bare ?? '';
  const rest = plain(upper.replace(plate, ' ')).replace(fillers, ' ');
  return `${foldPlate(plate)}|${shorten(rest, vehicleWords)}`;
}

/** Whole registrations named in running text. */
export const findPlates = (text: string): string[] => findNumbers(text).plates.map(foldPlate);

/** National digits without the leading nought: 7700900123. */
export const findPhones = (text: string): string[] => findNumbers(text).telephones.map((number) => number.slice(1));

const placeWords = new Map([
  ['rd', 'road'],
  ['st', 'street'],
  ['ave', 'avenue'],
  ['av', 'avenue'],
  ['ln', 'lane'],
  ['dr', 'drive'],
  ['cl', 'close'],
  ['cres', 'crescent'],
  ['tce', 'terrace'],
]);
const generic = /\b(the|an?|and|at|in|near|of|on|public house|pub|police station|police|station|nick|custody suite)\b/g;

const shorten = (text: string, aliases: ReadonlyMap<string, string>): string =>
  text
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 4)
    .map((word) => (aliases.get(word) ?? word).slice(0, 3))
    .join('');

/** "kinroa" for Kingfisher Road and Kingfisher Rd: short, because it is kept for every case. */
export const toPlaceKey = (written: string): string => shorten(plain(written).replace(generic, ' '), placeWords);

/** As compared: "kestrelroad" for "Kestrel Rd Police Station". */
export const toStationKey = (written: string): string =>
  plain(written)
    .replace(generic, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => placeWords.get(word) ?? word)
    .join('');
