import type { ExposureKind } from '#shared/domain/sanitising/exposure-kinds.ts';
import { relation, says } from '#shared/domain/sanitising/patterns-english.ts';
import { welshRelation } from '#shared/domain/sanitising/patterns-welsh.ts';
import { evenText } from '#shared/kernel/folded-text.ts';

/*
 * What is offered in place of a mark: words that read on in the sentence and say less. Whoever sanitises may change them. None is
 * itself a mark.
 */

const inPlaceOf: Readonly<Record<ExposureKind, string>> = {
  victim: 'at a place that is not given here',
  telephone: 'a telephone number',
  account: 'an account',
  address: 'an address',
  vehicle: 'a vehicle',
  name: 'a person',
  kinship: 'a relative',
  workplace: 'a place of work',
  reporter: 'a person',
  witness: 'it is said',
  rareDetail: 'more is known than is given here',
  witnessTime: 'at some time',
  unitPhrase: 'a place',
  firstPerson: 'a person',
};

const one = (words: string) => new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'iu');
const relations: readonly (readonly [RegExp, string])[] = [
  [one('colleagues?|workmates?|boss|manager|cydweithwyr?|nghydweithwyr?|gydweithwyr?|bos|rheolwr'), 'a colleague'],
  [
    one(
      'neighbours?|landlord|landlady|tenant|lodger|flatmates?|housemates?|cymydog|nghymydog|gymydog|cymdogion|landlord',
    ),
    'a person who lives near',
  ],
  [one('friends?|mates?|ffrind(?:iau)?'), 'an acquaintance'],
  [
    one('carer|solicitor|doctor|gp|social worker|key worker|support worker|teacher|cyfreithiwr|nghyfreithiwr'),
    'a professional',
  ],
  [one(`${relation}|${welshRelation}`), 'a relative'],
];

/** Who speaks of themselves, as somebody who is spoken of. */
const firstPersons: readonly (readonly [RegExp, string])[] = [
  [/^(?:I'm|I am)$/iu, 'a person is'],
  [/^(?:I've|I have)$/iu, 'a person has'],
  [/^(?:my|mine|fy)$/iu, 'a person’s'],
  [/^(?:we're|we've|we'd|we'll|we|us|ourselves|ni|ninnau)$/iu, 'people'],
  [/^(?:our|ours|ein)$/iu, 'their'],
];

/** "The caller says that ...": what follows is what is said of the subject. */
const reports = new RegExp(`\\s${says}$`, 'iu');

function base(kind: ExposureKind, words: string): string {
  if (kind === 'reporter' && reports.test(words)) return 'it is said that';
  const found = kind === 'kinship' ? relations : kind === 'firstPerson' ? firstPersons : [];
  return found.find(([pattern]) => pattern.test(words))?.[1] ?? inPlaceOf[kind];
}

/** A place of work in a clause of which somebody is the subject: what stays says nothing of them. */
const speaks = /^(?:I|we)(?:'\p{L}+)?\s|^(?:dw|dwi|rydw|rwy|roeddwn|o'n|bues)(?!\p{L})/iu;

/** What stands in place of a mark unless somebody writes something else. */
export function suggestReplacement({ kind, text }: { readonly kind: ExposureKind; readonly text: string }): string {
  const words = evenText(text).trim();
  const said =
    speaks.test(words) && kind !== 'firstPerson' && kind !== 'witness'
      ? 'more is known than is given here'
      : base(kind, words);
  return kind !== 'firstPerson' && kind !== 'witness' && /'s$/u.test(words) ? `${said}’s` : said;
}
