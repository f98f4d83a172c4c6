import { visibleText } from './visible-text.ts';

/** A stretch of a text: offsets of UTF-16 units, end exclusive. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

/** A text up to this length is one passage. */
const longest = 4_000;
/** Of a passage of a longer one. */
const most = 800;
/** In which a line that is on its own is laid out: an estimate, until it is. */
const lineLength = 70;
const lineHeight = 22;

const isInPair = (text: string, at: number): boolean => /[\udc00-\udfff]/.test(text.charAt(at));

/** After a line, else after a word, else wherever there is no more room: but not within a pair of surrogates. */
function endOfPassage(text: string, start: number): number {
  const room = Math.min(text.length, start + most);
  if (room === text.length) return room;
  const line = text.lastIndexOf('\n', room - 1);
  if (line > start) return line + 1;
  const gap = text.slice(start, room).search(/\s\S*$/u);
  if (gap > 0) return start + gap + 1;
  return isInPair(text, room) ? room - 1 : room;
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
