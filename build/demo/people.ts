import { inventGender, inventName, type PersonName } from './names.ts';
import { stations } from './places.ts';
import type { Random } from './random.ts';
import { inventRole, type Kind, type Role, servesAs } from './roles.ts';
import type { Theme } from './theme.ts';
import { inventVehicle, type Vehicle } from './vehicles.ts';

/** An invented person who works for the police, as he or she is. What a report says of them is an `Appearance`. */
export interface Person {
  readonly kind: Kind;
  readonly name: PersonName;
  readonly role: Role | null;
  readonly collarNumber: string | null;
  readonly station: string;
  readonly looks: string;
  readonly vehicle: Vehicle;
}

export function inventPerson(
  random: Random,
  kind: Kind,
  { roles, mostlyMen }: Pick<Theme, 'roles' | 'mostlyMen'>,
): Person {
  const name = inventName(random, inventGender(random, mostlyMen ? 0.92 : 0.7));
  const role = inventRole(random, kind, roles);
  return {
    kind: servesAs(kind, role),
    name,
    role,
    collarNumber: kind === 'unknown' ? null : collarNumberOf(random, kind),
    station: random.pick(stations),
    looks: inventLooks(random, name),
    vehicle: inventVehicle(random),
  };
}

/** Officers have up to four digits; specials are numbered from 7000 and staff from 9000. */
function collarNumberOf(random: Random, kind: Kind): string {
  if (kind === 'staff') return String(random.int(9001, 9899));
  return String(kind === 'volunteer' ? random.int(7001, 7799) : random.int(102, 5998));
}

const builds = ['slim', 'medium', 'stocky', 'heavy', 'athletic', 'muscular'];
const heights = [
  '5ft 3',
  '5ft 5',
  '5ft 7',
  '5ft 8',
  '5ft 10',
  '6ft',
  '6ft 2',
  '6ft 4',
  'average height',
  'tall',
  'short',
];
const hair = {
  male: [
    'short dark hair',
    'a shaved head',
    'fair hair',
    'receding grey hair',
    'red hair and a beard',
    'dark hair and a trimmed beard',
  ],
  female: [
    'shoulder-length brown hair',
    'blonde hair tied back',
    'short dark hair',
    'long black hair',
    'red hair',
    'greying bobbed hair',
  ],
};
const ethnicities = [
  ['white', 80],
  ['Asian', 9],
  ['Black', 6],
  ['mixed race', 5],
] as const;
const marks = [
  'a tattoo of a bird on the left forearm',
  'a sleeve tattoo on the right arm',
  'glasses',
  'a scar through one eyebrow',
  'a local accent',
  'a Scottish accent',
  'a Welsh accent',
  'an accent from the north-east',
  'a large diving watch',
  'a wedding ring',
  'a slight limp',
  'several ear piercings',
  'a gold neck chain worn under the shirt',
];

function inventLooks(random: Random, name: PersonName): string {
  const age = random.int(4, 11) * 5;
  const parts = [
    random.weighted(ethnicities),
    `aged about ${age}`,
    random.pick(heights),
    `${random.pick(builds)} build`,
    random.pick(hair[name.gender]),
  ];
  if (random.chance(0.6)) parts.push(`with ${random.pick(marks)}`);
  return parts.join(', ');
}
