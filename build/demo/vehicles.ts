import type { Choices, Random } from './random.ts';

const colours: Choices<string> = [
  'a black',
  'a grey',
  'a white',
  'a dark blue',
  'a silver',
  'a red',
  'a green',
  'an orange',
];
const models: Choices<string> = [
  'Audi A4',
  'BMW 3 Series',
  'Ford Focus',
  'Ford Transit Custom',
  'Land Rover Discovery',
  'Mercedes C-Class',
  'Mini Cooper',
  'Nissan Qashqai',
  'Skoda Octavia',
  'Toyota Yaris',
  'Vauxhall Astra',
  'Vauxhall Vivaro',
  'Volkswagen Golf',
  'Volvo XC60',
];

/** DVLA issues no current-style plate that begins with J, T or U: these read like plates and belong to nobody. */
const firstLetters = ['J', 'T', 'U'] as const;
const letters = [...'ABCDEFGHJKLMNOPRSTUVWXY'];
const ages: Choices<string> = [
  '14',
  '16',
  '66',
  '17',
  '67',
  '18',
  '68',
  '19',
  '69',
  '20',
  '70',
  '21',
  '71',
  '22',
  '72',
  '23',
  '73',
  '24',
];

export interface Vehicle {
  /** With its article: a grey Audi A4. */
  readonly description: string;
  readonly plate: string;
}

export function inventVehicle(random: Random): Vehicle {
  const letter = () => random.pick(letters);
  const plate = `${random.pick(firstLetters)}${letter()}${random.pick(ages)} ${letter()}${letter()}${letter()}`;
  return { description: `${random.pick(colours)} ${random.pick(models)}`, plate };
}

/** What a witness remembers: the whole plate, the first half of it, or none. */
export function rememberedVehicle(random: Random, { description, plate }: Vehicle): string {
  return random.weighted([
    [`${description} (registration ${plate})`, 6],
    [`${description} (part of the registration ${plate.slice(0, 4)})`, 2],
    [description, 2],
  ]);
}
