import type { Appearance } from './appearance.ts';
import { dateAgain, dateBlanks, fixedBlanks, freshBlanks, inventAssociate, type Setting } from './blanks.ts';
import { placeSlots } from './places.ts';
import { capitalise } from './template.ts';
import { rememberedVehicle } from './vehicles.ts';

/** What one report is about: every blank of a sentence is filled from here, the same blank with the same words. */
export interface Scene {
  wordsFor(slot: string): string;
  /** Whether a sentence has named it already. */
  knows(slot: string): boolean;
  /** What the sentences named so far, for the fields of the form. */
  readonly dates: readonly string[];
  readonly places: readonly string[];
  readonly vehicles: readonly string[];
}

const partnerWords = { male: ['husband', 'boyfriend', 'partner'], female: ['wife', 'girlfriend', 'partner'] };

function pronouns(subject: Appearance, partnerMale: boolean, victimMale: boolean): Record<string, string> {
  const of = (prefix: string, male: boolean) => ({
    [`${prefix}he`]: male ? 'he' : 'she',
    [`${prefix}him`]: male ? 'him' : 'her',
    [`${prefix}his`]: male ? 'his' : 'her',
    [`${prefix}self`]: male ? 'himself' : 'herself',
    [`${prefix}man`]: male ? 'man' : 'woman',
  });
  const male = subject.gender === 'male';
  return { ...of('', male), ...of('p', partnerMale), ...of('v', victimMale) };
}

/** @param said words for blanks, settled before */
export function createScene(setting: Setting, subject: Appearance, said: Readonly<Record<string, string>> = {}): Scene {
  const { random } = setting;
  const male = subject.gender === 'male';
  const partnerMale = random.chance(0.06) ? male : !male;
  const known = new Map(Object.entries(pronouns(subject, partnerMale, random.chance(0.14))));
  known.set('subject', subject.introduction);
  for (const [slot, words] of Object.entries(said)) known.set(slot, words);
  known.set('partner', random.pick(partnerMale ? partnerWords.male : partnerWords.female));
  const associate = inventAssociate(random);
  const named = { dates: [] as string[], places: [] as string[], vehicles: [] as string[] };

  const keep = (slot: string, value: string, list?: string[]) => {
    known.set(slot, value);
    const listed = capitalise(value.replace(/^(the|an?) /, ''));
    if (list && !list.includes(listed)) list.push(listed);
    return value;
  };
  /** These change with the first mention, or with every one. */
  const special: Readonly<Record<string, () => string>> = {
    s: () => random.pick(subject.shortForms),
    assoc: () => {
      const words = known.has('assoc') ? associate.short : associate.introduced;
      known.set('assoc', associate.short);
      return words;
    },
    assocName: () => {
      known.set('assoc', associate.short);
      return associate.full;
    },
  };
  const firstMention = (slot: string): string => {
    if (slot === 'vehicle') {
      const remembered = keep(slot, rememberedVehicle(random, setting.vehicle), named.vehicles);
      known.set(slot, setting.vehicle.description.replace(/^an? /, 'the '));
      return remembered;
    }
    const place = placeSlots[slot];
    if (place) return keep(slot, place(random), named.places);
    const date = dateBlanks[slot];
    if (date) return keep(slot, date(setting), named.dates);
    const fixed = fixedBlanks[slot];
    // A mistake in a table of sentences: better found by the first run than by a reader.
    if (!fixed) throw new Error(`No sentence may ask for {${slot}}: there is no such blank.`);
    return keep(slot, fixed(setting));
  };
  return {
    ...named,
    knows: (slot) => known.has(slot),
    wordsFor(slot) {
      const now = special[slot] ?? freshBlanks[slot];
      if (now) return now(setting);
      const before = known.get(slot);
      return before !== undefined && random.chance(dateAgain[slot] ?? 1) ? before : firstMention(slot);
    },
  };
}
