import type { CentreReport } from '#shared/domain/report/intake.ts';
import * as common from './common-sentences.ts';
import type { Choices, Random } from './random.ts';
import type { Theme } from './theme.ts';

export interface NarrativePlan {
  readonly random: Random;
  readonly theme: Theme;
  readonly nature: 'genuine' | 'wrongForce' | 'outOfScope' | 'urgent';
  readonly named: boolean;
  readonly several: boolean;
  readonly reporter: CentreReport['reporter'];
  readonly before: 'no' | 'saidOnly' | 'referenced';
  readonly attached: boolean;
  /** What is said of the person at risk, and of what the contact centre did about it: sentences still to be filled in. */
  readonly risk: readonly string[];
  /** Fills in one sentence. */
  readonly say: (template: string) => string;
  /** Whether the account so far has named such a thing: a date, an associate. */
  readonly knows: (slot: string) => boolean;
}

/** The write-up of a contact-centre agent: what is alleged, the particulars, the danger, and where it was left. */
export function writeNarrative(plan: NarrativePlan): string {
  const { random, theme, nature, say } = plan;
  const voice = nature === 'outOfScope' ? 0 : 0.16;
  const told = (templates: readonly string[]) => templates.map((template) => voiced(random, voice, say(template)));
  // In the order of the text, because what is named first is introduced there.
  const alarm = nature === 'urgent' ? told(plan.risk) : [];
  const opening = [
    say(random.pick(theme.opening)),
    ...told(nature === 'wrongForce' ? [random.pick(common.wrongForce)] : []),
  ];
  const account = told(theme.account.map((choices) => random.pick(choices)));
  const notes = told(notesOf(plan));
  const danger = nature === 'urgent' ? [] : plan.risk;
  const end = endingOf(plan);

  const soFar = [...alarm, ...opening, ...account, ...notes, ...danger, ...end];
  const particulars = tellUntil(targetWords(random, nature) - wordsOf(soFar.join(' ')), particularsOf(plan), told);
  const half = Math.ceil(particulars.length / 2);
  return inParagraphs(random, [
    alarm,
    [...opening, ...account.slice(0, 1)],
    [...account.slice(1), ...notes],
    particulars.slice(0, half),
    particulars.slice(half),
    [...told(danger), ...told(end)],
  ]);
}

function tellUntil(
  words: number,
  templates: readonly string[],
  told: (templates: readonly string[]) => string[],
): string[] {
  const sentences: string[] = [];
  let count = 0;
  for (const template of templates) {
    if (count >= words) break;
    sentences.push(...told([template]));
    count += wordsOf(sentences.at(-1) ?? '');
  }
  return sentences;
}

function notesOf({ random, named, several }: NarrativePlan): string[] {
  const notes: string[] = [];
  if (!named) notes.push(random.pick(common.partialDescription));
  if (several) notes.push(random.pick(common.secondSubject));
  return notes;
}

/** Sentences that speak of an associate or of the events of a day only where the account has them. */
function usable({ knows }: NarrativePlan, choices: Choices<string>): string[] {
  return choices.filter((template) =>
    ['assoc', 'date'].every((slot) => !template.includes(`{${slot}}`) || knows(slot)),
  );
}

/** Some of the theme's own, some of what fits any theme, two to one, so that a report stays on its subject. */
function particularsOf(plan: NarrativePlan): string[] {
  const { random, theme, nature } = plan;
  const own = random.shuffle(theme.details);
  if (nature === 'outOfScope') return own;
  const evidence = [
    ...common.evidence,
    ...(theme.categories.includes('information') ? common.evidenceOfSearches : []),
    ...(theme.categories[0] === 'information' || theme.categories[0] === 'advantage' ? common.evidenceOfMoney : []),
  ];
  const general = random.shuffle([
    ...[common.howKnown, common.whoElseKnows, evidence, common.fears].map((choices) =>
      random.pick(usable(plan, choices)),
    ),
    ...random.shuffle(usable(plan, common.circumstances)).slice(0, 4),
  ]);
  return own
    .flatMap((detail, index) => (index % 2 === 1 ? [detail, ...general.splice(0, 1)] : [detail]))
    .concat(general);
}

function endingOf(plan: NarrativePlan): string[] {
  const { random, nature, reporter, before, attached } = plan;
  const end: Choices<string>[] = [];
  if (nature === 'wrongForce') end.push(common.wrongForceCloser);
  if (before === 'saidOnly') end.push(common.reportedBefore);
  if (before === 'referenced') end.push(common.followsEarlier);
  if (attached) end.push(common.withAttachments);
  if (nature !== 'outOfScope' && random.chance(0.45)) end.push(common.closings);
  if (reporter !== 'anonymous' || end.length === 0 || random.chance(0.5)) end.push(common.contact[reporter]);
  return end.map((choices) => random.pick(usable(plan, choices)));
}

/** Two dice: most near 300, few near the ends. */
function targetWords(random: Random, nature: NarrativePlan['nature']): number {
  if (nature === 'outOfScope') return random.int(185, 260);
  return random.int(95, 200) + random.int(95, 200);
}

const attributions = [
  'The reporter states that',
  'The reporter says that',
  'It is said that',
  'According to the reporter,',
  'It is alleged that',
];
/** Words that may lose their capital; names and initials may not. */
const plainStart =
  /^(The|A|An|He|She|On|In|At|There|It|This|When|Some|Several|Nobody|Others|Money|Cash|After|Friends)\b/;
const alreadyAttributed = /\breport(er|ed)?\b|\bsaid\b|\balleged\b|\bbeliev|\bthough?t\b|\bfear/i;

/** Now and then an agent says again whose words these are. */
function voiced(random: Random, often: number, sentence: string): string {
  if (!random.chance(often) || !plainStart.test(sentence) || alreadyAttributed.test(sentence)) return sentence;
  return `${random.pick(attributions)} ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

const wordsOf = (text: string): number => text.split(/\s+/).filter(Boolean).length;

/** Some agents write in paragraphs, and some in one block. */
function inParagraphs(random: Random, groups: readonly (readonly string[])[]): string {
  const texts = groups.filter((group) => group.length > 0).map((group) => group.join(' '));
  return texts.join(random.chance(0.8) ? '\n\n' : ' ');
}
