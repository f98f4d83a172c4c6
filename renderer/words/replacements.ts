import type { Report } from '#shared/domain/report/report.ts';
import type { ExposureKind } from '#shared/domain/sanitising/exposure-kinds.ts';
import { relation, says } from '#shared/domain/sanitising/patterns-english.ts';
import { welshRelation } from '#shared/domain/sanitising/patterns-welsh.ts';
import { evenText } from '#shared/kernel/folded-text.ts';

/*
 * What is offered in place of a mark: words that read on in the sentence and say less. Whoever sanitises may change them. None is
 * itself a mark.
 */

const one = (words: string) => new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'iu');

/** Of a relationship: a sentence of either language may name it in the other's word. */
const relations = {
  colleague: one('colleagues?|workmates?|boss|manager|(?:cyd|nghyd|gyd|chyd)weith(?:iwr|wyr)|bos|rheolwr'),
  neighbour: one(
    'neighbours?|landlord|landlady|tenant|lodger|flatmates?|housemates?|cymydog|nghymydog|gymydog|cymdogion|landlord',
  ),
  friend: one('friends?|mates?|ffrind(?:iau)?'),
  professional: one(
    'carer|solicitor|doctor|gp|social worker|key worker|support worker|teacher|cyfreithiwr|nghyfreithiwr',
  ),
  relative: one(`${relation}|${welshRelation}`),
} as const;
type Relation = keyof typeof relations;
const relationIds = Object.keys(relations) as readonly Relation[];

/** What one language has to offer. */
interface Offers {
  readonly inPlaceOf: Readonly<Record<ExposureKind, string>>;
  readonly relations: Readonly<Record<Relation, string>>;
  /** Who speaks of themselves, as somebody who is spoken of. */
  readonly firstPersons: readonly (readonly [RegExp, string])[];
  /** "The caller says that ...": what follows is what is said of the subject. */
  readonly report: string;
  /** The verb of a sentence, where it is part of a mark: "Mae fy chwaer yn ...". */
  readonly verb: string;
  /** Of something that belongs to somebody. */
  readonly possessive: (words: string) => string;
}

const english: Offers = {
  inPlaceOf: {
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
  },
  relations: {
    colleague: 'a colleague',
    neighbour: 'a person who lives near',
    friend: 'an acquaintance',
    professional: 'a professional',
    relative: 'a relative',
  },
  firstPersons: [
    [/^(?:I'm|I am)$/iu, 'a person is'],
    [/^(?:I've|I have)$/iu, 'a person has'],
    [/^(?:my|mine|fy)$/iu, 'a person’s'],
    [/^(?:we're|we've|we'd|we'll|we|us|ourselves|ni|ninnau)$/iu, 'people'],
    [/^(?:our|ours|ein)$/iu, 'their'],
  ],
  report: 'it is said that',
  verb: '',
  possessive: (words) => `${words}’s`,
};

/**
 * Nouns as they stand by themselves, but for where the word that calls for a mutation is offered with them ("wrth berson"). After a
 * word that stays in the text ("gan", "a", "o") whoever sanitises mutates what was offered.
 */
const welsh: Offers = {
  inPlaceOf: {
    victim: 'mewn lle nas nodir yma',
    telephone: 'rhif ffôn',
    account: 'cyfrif',
    address: 'cyfeiriad',
    vehicle: 'cerbyd',
    name: 'person',
    kinship: 'perthynas',
    workplace: 'gweithle',
    reporter: 'person',
    witness: 'dywedir',
    rareDetail: 'mae mwy yn hysbys nag a roddir yma',
    witnessTime: 'ar ryw adeg',
    unitPhrase: 'lle',
    firstPerson: 'person',
  },
  relations: {
    colleague: 'cydweithiwr',
    neighbour: 'rhywun sy’n byw gerllaw',
    friend: 'cydnabod',
    professional: 'gweithiwr proffesiynol',
    relative: 'perthynas',
  },
  firstPersons: [
    [/^(?:dw\s+i|dwi|rydw\s+i|rwyf?)$/iu, 'mae person'],
    [/^ydw(?:\s+i|i)$/iu, 'yw person'],
    [/^roeddwn$/iu, 'roedd person'],
    [/^oeddwn$/iu, 'oedd person'],
    [/^bues$/iu, 'bu person'],
    // Said after a particle only, which mutates it as it stands.
    [/^fyddaf$/iu, 'fydd person'],
    [/^(?:wrtha\s+i|wrthyf)$/iu, 'wrth berson'],
    [/^(?:gen\s+i|gennyf)$/iu, 'gan berson'],
    [/^(?:ata\s+i|ataf)$/iu, 'at berson'],
    [/^(?:arna\s+i|arnaf)$/iu, 'ar berson'],
    [/^(?:imi|i\s+mi|i\s+fi)$/iu, 'i berson'],
    // No word of Welsh stands before a noun for "a person's"; this one, like "ein", mutates no consonant.
    [/^(?:fy|ein|my|mine|our|ours)$/iu, 'eu'],
    [/^(?:ni|ninnau|we're|we've|we'd|we'll|we|us|ourselves)$/iu, 'pobl'],
  ],
  report: 'dywedir',
  verb: 'mae ',
  possessive: (words) => words,
};

const isVerbFirst = /^mae\s/iu;

const offersIn = (language: Report['language']): Offers => (language === 'cy' ? welsh : english);

const reports = new RegExp(`\\s${says}$`, 'iu');

function base({ inPlaceOf, report, ...offers }: Offers, kind: ExposureKind, words: string): string {
  if (kind === 'reporter' && reports.test(words)) return report;
  const related = kind === 'kinship' ? relationIds.find((id) => relations[id].test(words)) : undefined;
  if (related) return `${isVerbFirst.test(words) ? offers.verb : ''}${offers.relations[related]}`;
  const spoken = kind === 'firstPerson' ? offers.firstPersons.find(([pattern]) => pattern.test(words)) : undefined;
  return spoken?.[1] ?? inPlaceOf[kind];
}

/** A place of work in a clause of which somebody is the subject: what stays says nothing of them. */
const speaks = /^(?:I|we)(?:'\p{L}+)?\s|^(?:dw|dwi|rydw|rwy|roeddwn|o'n|bues)(?!\p{L})/iu;

/**
 * What stands in place of a mark unless somebody writes something else.
 * @param language of the narrative: the sentence is read on in it
 */
export function suggestReplacement(
  { kind, text }: { readonly kind: ExposureKind; readonly text: string },
  language: Report['language'],
): string {
  const words = evenText(text).trim();
  const offers = offersIn(language);
  const isSaid = kind === 'firstPerson' || kind === 'witness';
  const said = speaks.test(words) && !isSaid ? offers.inPlaceOf.rareDetail : base(offers, kind, words);
  return !isSaid && /'s$/u.test(words) ? offers.possessive(said) : said;
}
