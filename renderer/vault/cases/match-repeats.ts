import type { ComparedSubject, MatchIndex } from './match-index.ts';

const sameName = (one: ComparedSubject, other: ComparedSubject): boolean =>
  one.given !== '' && one.given === other.given && one.surnames[0] === other.surnames[0];

/** Slots of the other cases with a subject of the same collar number, or of the same first name and surname. */
export function selectRepeats(slot: number, index: MatchIndex): ReadonlySet<number> {
  const repeats = new Set<number>();
  for (const subject of index.at(slot)?.subjects ?? []) {
    const { collarNumber, surnames } = subject;
    if (collarNumber !== '') for (const other of index.blocks.collarNumbers.slots(collarNumber)) repeats.add(other);
    for (const other of surnames[0] ? index.surnames.slots(surnames[0]) : []) {
      if (index.at(other)?.subjects.some((each) => sameName(subject, each))) repeats.add(other);
    }
  }
  repeats.delete(slot);
  return repeats;
}
