import Box from '@mui/material/Box';
import { type RefObject, useCallback, useMemo, useState } from 'react';
import { cutRuns, passageStyle, type Run as TextRun } from '#renderer/ui/passages.ts';
import type { Stretch } from './stretches.ts';

type Segment = TextRun<Stretch>;

const style = {
  maxWidth: '70ch',
  fontSize: 14,
  lineHeight: 1.6,
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
  userSelect: 'text',
  unicodeBidi: 'plaintext',
  p: 0.5,
  mx: -0.5,
  caretColor: 'text.primary',
  '& mark': { color: 'inherit', bgcolor: 'action.selected', borderBottom: 2, borderColor: 'primary.main' },
  '& mark[data-new]': { borderBottomStyle: 'dashed' },
  // The number is no part of the text: it cannot be selected, nor become part of an item.
  '& mark[data-first]::before': {
    content: 'attr(data-first)',
    fontSize: 11,
    fontWeight: 650,
    color: 'primary.main',
    verticalAlign: 'super',
    lineHeight: 1,
    pr: 0.3,
  },
} as const;

function Run({ segment }: { readonly segment: Segment }) {
  const { start, end, shown, within } = segment;
  const place = { 'data-start': start, 'data-end': end };
  if (within.length === 0) return <span {...place}>{shown}</span>;
  const first = within.filter((stretch) => stretch.start === start && stretch.number !== null);
  return (
    <mark
      {...place}
      data-new={within.some(({ number }) => number === null) || undefined}
      data-first={first.length > 0 ? first.map(({ number }) => number).join(' ') : undefined}
      title={within.map(({ number }) => (number === null ? 'New item' : `Item ${number}`)).join(', ')}
    >
      {shown}
    </mark>
  );
}

/** A short text is one passage, in no element of its own: a caret moves through it as through any text. */
function Passages({ passages }: { readonly passages: readonly (readonly Segment[])[] }) {
  const runs = (segments: readonly Segment[]) =>
    segments.map((segment) => <Run key={segment.start} segment={segment} />);
  if (passages.length <= 1) return runs(passages[0] ?? []);
  return passages.map((segments) => (
    <div key={segments[0]?.start} style={passageStyle(segments.map(({ shown }) => shown).join(''))}>
      {runs(segments)}
    </div>
  ));
}

const refuse = (event: { preventDefault: () => void }) => event.preventDefault();

interface Props {
  readonly text: string;
  readonly stretches: readonly Stretch[];
  readonly textRef: RefObject<HTMLDivElement | null>;
  readonly onMakeItem: () => void;
}

/**
 * The narrative, for reading and selecting: editable for the browser, so that there is a caret and Shift with the
 * arrows selects, and for nobody else, because every change is refused before it happens.
 */
export function NarrativeText({ text, stretches, textRef, onMakeItem }: Props) {
  const passages = useMemo(() => cutRuns(text, stretches), [text, stretches]);
  // An input method may write what cannot be refused beforehand: then the text is drawn again as it was.
  const [drawn, setDrawn] = useState(0);
  const attach = useCallback(
    (element: HTMLDivElement) => {
      textRef.current = element;
      // React's own event of this name comes for typing alone: deleting must be refused as well.
      element.addEventListener('beforeinput', refuse);
      return () => {
        textRef.current = null;
        element.removeEventListener('beforeinput', refuse);
      };
    },
    [textRef],
  );
  return (
    <Box
      key={drawn}
      ref={attach}
      contentEditable
      suppressContentEditableWarning
      role="textbox"
      aria-multiline
      aria-readonly
      aria-label="Narrative"
      aria-describedby="narrative-help"
      tabIndex={0}
      spellCheck={false}
      onPaste={refuse}
      onCut={refuse}
      onDrop={refuse}
      onDragStart={refuse}
      onInput={() => setDrawn(drawn + 1)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey || event.altKey) return;
        event.preventDefault();
        onMakeItem();
      }}
      sx={style}
    >
      <Passages passages={passages} />
    </Box>
  );
}
