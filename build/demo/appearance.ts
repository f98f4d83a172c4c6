import type { Subject } from '#shared/domain/report/report.ts';
import { type Gender, misspell, type PersonName } from './names.ts';
import type { Person } from './people.ts';
import type { Choices, Random } from './random.ts';
import { capitalise } from './template.ts';

/** A person as one report has it: what the form says, and what the sentences call him or her. */
export interface Appearance {
  readonly subject: Subject;
  readonly gender: Gender;
  /** For the first sentence: PC 412 Rhys Cotterill, based at Kestrel Road police station. */
  readonly introduction: string;
  /** For all later sentences: PC Cotterill, the officer. */
  readonly shortForms: Choices<string>;
}

const nouns = {
  officer: 'the officer',
  staff: 'the member of staff',
  volunteer: 'the volunteer',
  unknown: 'the subject',
};

/** @param variants whether this is one of several who report the person, each with the name as they know it */
export function appearNamed(random: Random, person: Person, variants: boolean): Appearance {
  const { name, role, kind } = person;
  const last = variants && random.chance(0.25) ? misspell(random, name.last) : name.last;
  const written = `${firstNameAsGiven(random, person, variants)} ${last}`.trim();
  const collarNumber = random.chance(variants ? 0.45 : 0.3) ? person.collarNumber : null;
  const station = random.chance(0.8) ? `${person.station} police station` : null;
  const knownRole = random.chance(0.9) ? role : null;
  const title = knownRole?.title ?? null;
  const number = collarNumber && random.chance(0.8) ? ` ${collarNumber}` : '';
  const called = title ? `${title}${number} ${written}` : written;
  return {
    subject: {
      kind,
      name: written,
      rankOrRole: knownRole?.role ?? null,
      collarNumber,
      station,
      description: random.chance(0.3) ? capitalise(`${name.gender}, ${person.looks}`) : null,
    },
    gender: name.gender,
    introduction: `${called}${position(random, person, title ? null : (knownRole?.noun ?? null), station)}`,
    shortForms: [`${title ?? courtesyTitle(name)} ${last}`, last, nouns[kind], nouns[kind]],
  };
}

const courtesyTitle = ({ gender }: PersonName) => (gender === 'male' ? 'Mr' : 'Ms');

/** In full, as friends say it, an initial, or nothing but the rank. */
function firstNameAsGiven(random: Random, { name, role }: Person, variants: boolean): string {
  const surnameOnly = role?.title ? 1 : 0;
  const often = variants ? 1.5 : 0.5;
  return random.weighted([
    [name.first, 6],
    [name.familiar, often * 2],
    [name.first.charAt(0), often],
    ['', surnameOnly * often],
  ]);
}

/** Only rank or role, station or looks; some are known by a number on the shoulder and nothing else. */
export function appearUnnamed(random: Random, person: Person, byNumber: boolean): Appearance {
  const { name, role, kind } = person;
  const collarNumber = byNumber ? person.collarNumber : null;
  const station = random.chance(0.65) ? `${person.station} police station` : null;
  const described = !collarNumber || random.chance(0.6);
  const what =
    role?.noun ??
    random.pick([
      'a person who works for the police',
      'someone in a police uniform',
      'a plain-clothes officer or member of staff',
    ]);
  const number = collarNumber ? ` wearing the number ${collarNumber}` : '';
  const looks = described ? `, described as ${name.gender}, ${person.looks},` : '';
  return {
    subject: {
      kind,
      name: null,
      rankOrRole: role && random.chance(0.85) ? role.role : null,
      collarNumber,
      station,
      description: described ? capitalise(`${name.gender}, ${person.looks}`) : null,
    },
    gender: name.gender,
    introduction: `${what}${number}, ${random.pick(['whose name is not known', 'name not known', 'not named by the reporter'])}${station ? `, from ${station}` : ''}${looks || ','}`,
    shortForms: [nouns[kind], nouns[kind], 'the subject'],
  };
}

/** Someone who is taken for police, or once was: there is no rank and no station to give. */
export function appearOutside(random: Random, { name, looks }: Person): Appearance {
  const named = random.chance(0.6);
  const description = `${name.gender}, ${looks}`;
  const person = name.gender === 'male' ? 'man' : 'woman';
  return {
    subject: {
      kind: 'unknown',
      name: named ? `${name.first} ${name.last}` : null,
      rankOrRole: null,
      collarNumber: null,
      station: null,
      description: named ? null : capitalise(description),
    },
    gender: name.gender,
    introduction: named ? `${name.first} ${name.last}` : `a ${person}, described as ${looks},`,
    shortForms: named ? [`${courtesyTitle(name)} ${name.last}`, name.last] : [`the ${person}`, 'the subject'],
  };
}

function position(random: Random, { kind }: Person, noun: string | null, station: string | null): string {
  if (kind === 'unknown') return ', who is said to work for the police in a role not known,';
  const at = station ? `${random.pick(['based at', 'who works from', 'stationed at', 'posted to'])} ${station}` : '';
  if (noun) return `, ${noun}${at ? ` ${at}` : ''},`;
  return at ? `, ${at},` : '';
}
