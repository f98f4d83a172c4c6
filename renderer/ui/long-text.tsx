import { useMemo } from 'react';
import { cutPassages, passageStyle } from './passages.ts';
import { visibleText } from './visible-text.ts';

/** A text of any length and of unknown origin, in an element that keeps its line ends. */
export function LongText({ text }: { readonly text: string }) {
  const passages = useMemo(
    () => cutPassages(text).map(({ start, end }) => ({ start, shown: visibleText(text.slice(start, end)) })),
    [text],
  );
  if (passages.length <= 1) return passages[0]?.shown ?? null;
  return passages.map(({ start, shown }) => (
    <div key={start} style={passageStyle(shown)}>
      {shown}
    </div>
  ));
}
