import type { Choices, Random } from './random.ts';

/** Invented places. No table holds a real police station, street, village or business. */
export const stations: Choices<string> = [
  'Kestrel Road',
  'Harbour Gate',
  'Tannery Street',
  'Harrowmere',
  'Stonebeck',
  'Ashenford',
  'Quarrendale',
  'Pellworth',
  'Thornwick Vale',
  'Mallowbridge',
  'Dunmarsh',
  'Larkhampton',
  'Cinder Lane',
  'Fosse Hill',
  'Saltmarsh Cross',
  'Withy Green',
  'Coldharbour House',
  'Bramblecote',
  'Yarrowby',
  'Eastmere Central',
];

const townStarts = [
  'Harrow',
  'Stone',
  'Ashen',
  'Quarren',
  'Pell',
  'Mallow',
  'Dun',
  'Lark',
  'Yarrow',
  'Bramble',
  'Fern',
  'Orch',
];
const townEnds = [
  'mere',
  'beck',
  'combe Abbas',
  'dale',
  'worth Regis',
  'bridge',
  'marsh',
  'hampton',
  'cote',
  'by Sands',
];
const villageStarts = ['Nether', 'Upper', 'Little', 'Great', 'West', 'East', 'Chapel', 'Monks', 'Abbots', 'Long'];
const villageEnds = [
  'Tibberley',
  'Wraxcombe',
  'Fennimore',
  'Oldacre',
  'Pensley',
  'Hollowick',
  'Sarnwell',
  'Crundale',
  'Mardle',
];
const streetStarts = [
  'Kingfisher',
  'Tannery',
  'Coopers',
  'Orchard',
  'Mill',
  'Foundry',
  'Lavender',
  'Chandler',
  'Almond',
  'Peregrine',
  'Quarry',
  'Wharf',
  'Sycamore',
  'Beacon',
  'Larkspur',
  'Weavers',
  'Hawthorn',
  'Cobbler',
  'Bellfield',
  'Saddlers',
  'Primrose',
  'Glebe',
];
const streetEnds = [
  'Road',
  'Street',
  'Lane',
  'Close',
  'Avenue',
  'Drive',
  'Crescent',
  'Way',
  'Terrace',
  'Rise',
  'Gardens',
];
const pubStarts = [
  'Lamplighter',
  'Plough and Heron',
  'Three Maltings',
  'Weaver',
  'Old Ferryman',
  'Copper Kettle',
  'Hop Garland',
];
const businessStarts = [
  'Sterling',
  'Beacon',
  'Northgate',
  'Riverside',
  'Crown',
  'Albion',
  'Meridian',
  'Oakleaf',
  'Anvil',
  'Harbour',
];
const groupNames = [
  'Brannock',
  'Tolley',
  'Carvell',
  'Maddern',
  'Sharrow',
  'Purvey',
  'Dossett',
  'Hallam-Crane',
  'Rudkin',
  'Lovat',
];
const regions = [
  'in the north of England',
  'in the east of England',
  'in Wales',
  'in the Midlands',
  'on the south coast',
];

/** Forces that do not exist, for reports that came to the wrong one. */
export const otherForces: Choices<string> = [
  'Northmere Police',
  'Westmarch Constabulary',
  'Three Dales Police',
  'Harcastle Police',
  'Southmarch Police',
  'Kellbrook and Dene Constabulary',
  'Fenshire Constabulary',
  'Wolds and Vale Police',
];

const join = (random: Random, starts: Choices<string>, ends: Choices<string>, between = ' ') =>
  `${random.pick(starts)}${between}${random.pick(ends)}`;

/** By the name of the slot that a sentence asks for. What is named here is listed under `places` in the report. */
export const placeSlots: Readonly<Record<string, (random: Random) => string>> = {
  street: (random) => join(random, streetStarts, streetEnds),
  town: (random) => join(random, townStarts, townEnds, ''),
  village: (random) => join(random, villageStarts, villageEnds),
  pub: (random) => `the ${random.pick(pubStarts)} public house`,
  estate: (random) => `the ${random.pick(streetStarts)} estate`,
  gym: (random) =>
    `${random.pick(businessStarts)} ${random.pick(['Gym', 'Fitness', 'Boxing Club', 'Strength and Fitness'])}`,
  cafe: (random) => `the ${random.pick(businessStarts)} ${random.pick(['Café', 'Diner', 'Coffee House', 'Grill'])}`,
  hotel: (random) => `the ${random.pick(businessStarts)} ${random.pick(['Hotel', 'Lodge', 'Inn'])}`,
  business: (random) =>
    `${random.pick(businessStarts)} ${random.pick(['Car Wash', 'Motors', 'Tyres', 'Lettings', 'Security', 'Scaffolding', 'Skip Hire'])}`,
  park: (random) => `${random.pick(streetStarts)} Park`,
  custody: (random) => `${random.pick(stations)} custody suite`,
};

/** Names that are no place: a crime group by family, and where another force is. */
export const nameOfGroup = (random: Random) =>
  `the ${random.pick(groupNames)} ${random.pick(['family', 'group', 'brothers'])}`;
export const regionOf = (random: Random) => random.pick(regions);
