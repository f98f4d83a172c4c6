import { disguisePlaces, visibleText } from '#renderer/ui/visible-text.ts';

/** A highlighted stretch: an item by its number, or the one that is being made. Offsets in UTF-16 units, end exclusive. */
export interface Stretch {
  readonly number: number | null;
  readonly start: number;
  readonly end: number;
}

/** A run of the narrative that is highlighted the same throughout. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** What is shown of it: the text itself, or what stands for a character that could disguise it. */
  readonly shown: string;
  readonly literal: boolean;
  readonly within: readonly Stretch[];
}

/** The narrative in runs, cut where a highlight begins or ends and around what is not shown as it is. */
export function toSegments(text: string, stretches: readonly Stretch[]): readonly Segment[] {
  const disguised = new Set(disguisePlaces(text));
  const cuts = new Set([0, text.length]);
  for (const { start, end } of stretches) cuts.add(start).add(end);
  for (const place of disguised) cuts.add(place).add(place + 1);
  const places = [...cuts].filter((at) => at >= 0 && at <= text.length).sort((one, other) => one - other);
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1] ?? text.length;
    const within = stretches.filter((stretch) => stretch.start <= start && end <= stretch.end);
    return { start, end, shown: visibleText(text.slice(start, end)), literal: !disguised.has(start), within };
  });
}

/** A selection without the blanks at its ends; null when nothing remains. */
export function trimSelection(text: string, start: number, end: number): { start: number; end: number } | null {
  const chosen = text.slice(start, end);
  const from = start + (chosen.length - chosen.trimStart().length);
  const to = end - (chosen.length - chosen.trimEnd().length);
  return from < to ? { start: from, end: to } : null;
}
