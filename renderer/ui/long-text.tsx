import { type ReactNode, useMemo } from 'react';
import { cutRuns, type Passage, passageStyle, type Run } from './passages.ts';

interface Props<Stretch extends Passage> {
  readonly text: string;
  readonly stretches: readonly Stretch[];
  /** Draws one run, with the key that it is given. */
  readonly draw: (run: Run<Stretch>, key: number) => ReactNode;
}

/**
 * A text of any length and of unknown origin, in an element that keeps its line ends. A short one is one passage, in no element of
 * its own: a caret moves through it as through any text.
 */
export function TextInRuns<Stretch extends Passage>({ text, stretches, draw }: Props<Stretch>) {
  const passages = useMemo(() => cutRuns(text, stretches), [text, stretches]);
  const drawn = (runs: readonly Run<Stretch>[]) => runs.map((run) => draw(run, run.start));
  if (passages.length <= 1) return passages.flatMap(drawn);
  return passages.map((runs) => (
    <div key={runs[0]?.start} style={passageStyle(runs.map(({ shown }) => shown).join(''))}>
      {drawn(runs)}
    </div>
  ));
}

const none: readonly Passage[] = [];

/** The same, of which nothing is highlighted. */
export const LongText = ({ text }: { readonly text: string }) => (
  <TextInRuns text={text} stretches={none} draw={({ shown }) => shown} />
);
