import type { Subject } from '../report/report.ts';
import type { ExposureKind } from './exposure-kinds.ts';
import type { Stretch } from './mark-reach.ts';

/*
 * Whose a telephone number, an address or a place of work is. What the report says of the subject is what the unit needs: it is not
 * the reporter's. In doubt it is marked.
 */

const ranks =
  'PC|DC|PS|DS|DI|DCI|WPC|Sgt|Sergeant|Insp|Inspector|Chief Inspector|Constable|Superintendent|Supt|PCSO|[Oo]fficer|[Pp]olice(?:man|woman)|[Dd]etective|[Cc]op|[Ss]ubject|[Ss]wyddog|[Hh]eddwas|[Pp]lism(?:on|ones)|[Dd]itectif|Rhingyll|Arolygydd|Cwnstabl';
const afterRank = new RegExp(
  `(?<!\\p{L})(?:${ranks})(?:\\s(\\p{Lu}\\p{L}{1,20}))?(?:\\s(\\p{Lu}[\\p{L}'-]{2,30}))?`,
  'gu',
);

const female =
  /^(?:sister|mother|mum|mam|wife|daughter|woman|girl|lady|aunt|niece|gran|nan|girlfriend|chwaer|gwraig|merch|ferch|menyw|fenyw|dynes|mam|nain)/iu;
const male =
  /^(?:brother|father|dad|husband|son|man|lad|boy|uncle|nephew|boyfriend|brawd|frawd|mab|fab|dyn|bachgen|gŵr|tad|taid)/iu;
const others =
  'sister|mother|mum|mam|wife|daughter|wom[ae]n|girl(?:friend)?s?|lady|aunt|niece|gran|nan|brother|father|dad|husband|son|lad|boy(?:friend)?s?|uncle|nephew|partner|friend|neighbour|colleague|cousin|child(?:ren)?|victim|caller|reporter|source|dealer|owner|chwaer|gwraig|merch|ferch|menyw|fenyw|brawd|frawd|mab|fab|gŵr|ffrind|plant|perchennog';
const reporters =
  "I|I'(?:m|ve|d|ll)|[Mm]y|[Mm]e|[Mm]ine|[Ww]e|[Oo]urs?|us|[Cc]aller|[Rr]eporter|[Cc]all|[Rr]ing|[Tt]ext|[Cc]ontact|[Rr]each|[Pp]hone me|[Ff]y|fi|mi|ni|[Ff]foniwch|[Cc]ysylltwch";
const pronouns =
  "[Hh]e|[Hh]e's|[Hh]is|[Hh]im|[Ss]he|[Ss]he's|[Hh]ers?|[Tt]hey|[Tt]heir|[Tt]hem|[Ee]i|'i|[Mm]ae'n|[Mm]ae gan";

const reporter = new RegExp(`(?<!\\p{L})(?:${reporters})(?!\\p{L})`, 'u');

/** Kinds of mark that may be the subject's own. */
const ownable: readonly ExposureKind[] = ['telephone', 'account', 'address', 'vehicle', 'workplace', 'victim'];
const recorded: readonly ExposureKind[] = ['telephone', 'account', 'address', 'vehicle'];
/** Units before a mark in which its owner is looked for, and before a pronoun in which whoever it means is. */
const reachBack = 240;

const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}@]/gu, '');
const startOfSentence = (before: string): number =>
  Math.max(...[...before.matchAll(/[.!?](?=\s)|\n/gu)].map(({ index }) => index + 1), 0);

function fits(pronoun: string, person: string): boolean {
  if (/^h(?:e|is|im)(?:'s)?$/iu.test(pronoun)) return !female.test(person);
  if (/^(?:she|hers?)/iu.test(pronoun)) return !male.test(person);
  return true;
}

/** @param text even (folded-text.ts) */
export function ownerOf(text: string, subjects: readonly Subject[]) {
  const inText = [...text.matchAll(afterRank)].flatMap(({ 1: one, 2: other }) => [one, other]);
  const inRecords = subjects.flatMap(({ name }) => name?.split(/\s+/u) ?? []);
  const names = [...new Set([...inText, ...inRecords].filter((name): name is string => (name?.length ?? 0) > 2))].slice(
    0,
    60,
  );
  const subject = `${ranks}${names.map((name) => `|${RegExp.escape(name)}`).join('')}`;
  const owner = new RegExp(
    `(?<!\\p{L})(?:(?<reporter>${reporters})|(?<subject>${subject})|(?<other>${others})|(?<pronoun>${pronouns}))(?!\\p{L})`,
    'gu',
  );
  const person = new RegExp(`(?<!\\p{L})(?:(?<subject>${subject})|(?<other>${others}))(?!\\p{L})`, 'gu');
  const described = bare(
    subjects.map((each) => `${each.description ?? ''} ${each.collarNumber ?? ''} ${each.station ?? ''}`).join(' '),
  );
  const meansSubject = (pronoun: string, at: number): boolean => {
    const mentioned = [...text.slice(Math.max(0, at - 2 * reachBack), at).matchAll(person)];
    return Boolean(mentioned.findLast(({ 0: words }) => fits(pronoun, words))?.groups?.subject);
  };
  /** Whether what is marked is the subject's own. */
  return (kind: ExposureKind, { start, end }: Stretch): boolean => {
    if (!ownable.includes(kind)) return false;
    const words = text.slice(start, end);
    if (recorded.includes(kind) && bare(words).length > 4 && described.includes(bare(words))) return true;
    if (reporter.test(words)) return false;
    const from = Math.max(0, start - reachBack);
    const before = text.slice(from, start);
    const sentence = startOfSentence(before);
    const nearest = [...before.slice(sentence).matchAll(owner)].at(-1);
    if (!nearest?.groups || nearest.groups.reporter || nearest.groups.other) return false;
    return Boolean(nearest.groups.subject) || meansSubject(nearest[0], from + sentence + nearest.index);
  };
}
