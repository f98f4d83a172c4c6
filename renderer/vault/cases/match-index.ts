import { isWholePlate, toStationKey } from './match-clues.ts';
import type { MatchItem, MatchKeys, SubjectKeys } from './match-keys.ts';
import { parseName } from './match-names.ts';
import { createPostings, createTerms, type Postings, type Terms } from './match-terms.ts';

/** A subject as it is compared. */
export interface ComparedSubject {
  readonly kind: SubjectKeys[0];
  /** As written, for the reason. */
  readonly name: string;
  readonly given: string;
  readonly surnames: readonly string[];
  readonly rank: string;
  readonly collarNumber: string;
  readonly station: string;
}
export interface ComparedVehicle {
  readonly plate: string;
  readonly make: string;
}
/** A case in memory: strings that many cases share are held once. */
export interface Compared {
  readonly item: Omit<MatchItem, 'keys'>;
  readonly subjects: readonly ComparedSubject[];
  readonly vehicles: readonly ComparedVehicle[];
  readonly phones: readonly string[];
  readonly earlier: string;
  readonly days: readonly number[];
  readonly places: readonly string[];
}

type Block =
  | 'ranks'
  | 'posts'
  | 'collarNumbers'
  | 'halfPlates'
  | 'wholePlates'
  | 'makes'
  | 'phones'
  | 'references'
  | 'earlier'
  | 'days'
  | 'places';

export interface MatchIndex {
  add(item: MatchItem): void;
  remove(id: string): void;
  readonly size: number;
  at(slot: number): Compared | undefined;
  slotOf(id: string): number | undefined;
  slots(): Iterable<number>;
  readonly surnames: Terms;
  readonly givens: Terms;
  readonly stations: Terms;
  readonly blocks: Readonly<Record<Block, Postings>>;
  /** Keys in all blocks: none when every case is removed. */
  keys(): number;
}

/** Rank and station together: how those without a name are found. */
export const postOf = (rank: string, station: string): string => (rank && station ? `${rank}@${station}` : '');

/** Both ends of a registration, so that either half finds the whole. */
export const halvesOf = (plate: string): readonly string[] =>
  plate === '' ? [] : isWholePlate(plate) ? [plate.slice(0, 4), plate.slice(-3)] : [plate];

type Share = (text: string) => string;
const asIs: Share = (text) => text;

/** @param toStation `toStationKey`, or one that remembers: a unit has few stations, and many cases at each */
export function compare({ keys, ...item }: MatchItem, share: Share = asIs, toStation: Share = toStationKey): Compared {
  return {
    item,
    subjects: keys.who.map(([kind, name, rank, collarNumber, station]) => {
      const { given, surnames } = parseName(name);
      return {
        kind,
        name,
        given: share(given),
        surnames: surnames.map(share),
        rank: share(rank),
        collarNumber,
        station: toStation(station),
      };
    }),
    vehicles: vehiclesOf(keys, share),
    phones: keys.phones ?? none,
    earlier: keys.earlier ?? '',
    days: keys.days ?? none,
    places: keys.places?.map(share) ?? none,
  };
}

/** Shared by all that have none: most cases have no telephone number. */
const none: readonly never[] = [];

const vehiclesOf = ({ vehicles = none }: MatchKeys, share: Share): readonly ComparedVehicle[] =>
  vehicles.length === 0
    ? none
    : vehicles.map((key) => {
        const [plate = '', make = ''] = key.split('|');
        return { plate, make: share(make) };
      });

export function createMatchIndex(): MatchIndex {
  const slots: (Compared | undefined)[] = [];
  const free: number[] = [];
  const slotById = new Map<string, number>();
  const shared = new Map<string, string>();
  const stationKeys = new Map<string, string>();
  const [surnames, givens, stations] = [createTerms(), createTerms(), createTerms()];
  const blocks: Record<Block, Postings> = {
    ranks: createPostings(),
    posts: createPostings(),
    collarNumbers: createPostings(),
    halfPlates: createPostings(),
    wholePlates: createPostings(),
    makes: createPostings(),
    phones: createPostings(),
    references: createPostings(),
    earlier: createPostings(),
    days: createPostings(),
    places: createPostings(),
  };

  const share = (text: string): string => {
    const known = shared.get(text);
    if (known === undefined) shared.set(text, text);
    return known ?? text;
  };
  const toStation = (station: string): string => {
    const known = stationKeys.get(station) ?? toStationKey(station);
    stationKeys.set(station, known);
    return known;
  };

  /** The one list of what is filed under what: adding and removing cannot differ. */
  const file = (what: 'add' | 'remove', slot: number, compared: Compared) => {
    const put = (postings: Postings, keys: Iterable<string>) => {
      for (const key of new Set(keys)) if (key !== '') postings[what](key, slot);
    };
    const { subjects, vehicles } = compared;
    put(
      surnames,
      subjects.flatMap((subject) => subject.surnames),
    );
    put(
      givens,
      subjects.map(({ given }) => given),
    );
    put(
      stations,
      subjects.map(({ station }) => station),
    );
    put(
      blocks.ranks,
      subjects.map(({ rank }) => rank),
    );
    put(
      blocks.posts,
      subjects.map(({ rank, station }) => postOf(rank, station)),
    );
    put(
      blocks.collarNumbers,
      subjects.map(({ collarNumber }) => collarNumber),
    );
    put(
      blocks.halfPlates,
      vehicles.flatMap(({ plate }) => halvesOf(plate)),
    );
    put(blocks.wholePlates, vehicles.map(({ plate }) => plate).filter(isWholePlate));
    put(
      blocks.makes,
      vehicles.map(({ make }) => make),
    );
    put(blocks.phones, compared.phones);
    put(blocks.references, [compared.item.reference]);
    put(blocks.earlier, [compared.earlier]);
    put(blocks.days, compared.days.map(String));
    put(blocks.places, compared.places);
  };

  const remove = (id: string) => {
    const slot = slotById.get(id);
    const compared = slot === undefined ? undefined : slots[slot];
    if (slot === undefined || !compared) return;
    file('remove', slot, compared);
    slotById.delete(id);
    slots[slot] = undefined;
    free.push(slot);
    if (slotById.size > 0) return;
    shared.clear();
    stationKeys.clear();
  };

  return {
    surnames,
    givens,
    stations,
    blocks,
    remove,
    add(item) {
      remove(item.case);
      const compared = compare(item, share, toStation);
      const slot = free.pop() ?? slots.length;
      slots[slot] = compared;
      slotById.set(item.case, slot);
      file('add', slot, compared);
    },
    get size() {
      return slotById.size;
    },
    at: (slot) => slots[slot],
    slotOf: (id) => slotById.get(id),
    slots: () => slotById.values(),
    keys: () => [surnames, givens, stations, ...Object.values(blocks)].reduce((sum, each) => sum + each.keys(), 0),
  };
}
