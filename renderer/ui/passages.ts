import { visibleText } from '#shared/kernel/visible-text.ts';

/** A stretch of a text: offsets of UTF-16 units, end exclusive. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

/** A text up to this length is one passage. */
const longest = 4_000;
/** Of a longer one, a passage is as many whole lines as fit into this. */
const most = 800;
/** A line is cut only where it is longer, or has a word that nobody writes: prose looks as it was written. */
const longestLine = 8_000;
/** Letters of a word that nobody writes. */
const endless = 500;
/** In which a line that is on its own is laid out: an estimate, until it is. */
const lineLength = 70;
const lineHeight = 22;

const isInPair = (text: string, at: number): boolean => /[\udc00-\udfff]/.test(text.charAt(at));

/** Where the first word begins that nobody writes; -1 where there is none. Word by word: a pattern of that length would take its square. */
export function endlessWordIn(text: string): number {
  for (const { 0: word, index } of text.matchAll(/\S+/gu)) if (word.length >= endless) return index;
  return -1;
}

const lastGap = (line: string): number => line.search(/\s\S*$/u) + 1;

/** Where a line is cut that has no end near: before or within an endless word, else after a word. */
function cutLine(line: string): number {
  const word = endlessWordIn(line);
  if (word > 0) return word;
  const end = word === 0 ? Math.min(most, line.length) : lastGap(line) || line.length;
  return isInPair(line, end) ? end - 1 : end;
}

function endOfPassage(text: string, start: number): number {
  const ahead = text.slice(start, start + longestLine);
  const end = ahead.slice(0, most).lastIndexOf('\n') + 1;
  if (end > 0) return start + end;
  const next = ahead.indexOf('\n') + 1;
  const line = next > 0 ? ahead.slice(0, next) : ahead;
  const isWhole = next > 0 || start + line.length === text.length;
  return start + (isWhole && endlessWordIn(line) < 0 ? line.length : cutLine(line));
}

/**
 * A long text in passages that a browser can lay out one by one, as they come into view: what an outsider sends may be one word
 * of a million letters.
 */
export function cutPassages(text: string): readonly Passage[] {
  if (text.length <= longest) return [{ start: 0, end: text.length }];
  const passages: Passage[] = [];
  for (let start = 0; start < text.length; ) {
    const end = endOfPassage(text, start);
    passages.push({ start, end });
    start = end;
  }
  return passages;
}

/** How a passage of a long text is drawn: not at all, until it is near the view. */
export const passageStyle = (shown: string) => {
  const lines = shown.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lineLength)), 0);
  return { contentVisibility: 'auto', containIntrinsicBlockSize: `auto ${lines * lineHeight}px` } as const;
};

/** A run of a text that lies within the same stretches throughout. */
export interface Run<Stretch extends Passage> extends Passage {
  /** What is shown of it: a character that could disguise the text as its code. */
  readonly shown: string;
  readonly within: readonly Stretch[];
}

/** Passages of a text, each in runs, cut where a stretch begins or ends. */
export function cutRuns<Stretch extends Passage>(
  text: string,
  stretches: readonly Stretch[],
): readonly (readonly Run<Stretch>[])[] {
  const ends = stretches.flatMap(({ start, end }) => [start, end]);
  return cutPassages(text).map((passage) => {
    const inside = ends.filter((at) => at > passage.start && at < passage.end);
    const places = [...new Set([passage.start, ...inside, passage.end])].sort((one, other) => one - other);
    return places.slice(0, -1).map((start, index) => {
      const end = places[index + 1] ?? passage.end;
      const within = stretches.filter((stretch) => stretch.start <= start && end <= stretch.end);
      return { start, end, shown: visibleText(text.slice(start, end)), within };
    });
  });
}
