import Box from '@mui/material/Box';
import { type RefObject, useCallback, useState } from 'react';
import { TextInRuns } from '#renderer/ui/long-text.tsx';
import type { Run as TextRun } from '#renderer/ui/passages.ts';
import type { Stretch } from './stretches.ts';

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

function Run({ run: { start, end, shown, within } }: { readonly run: TextRun<Stretch> }) {
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
      <TextInRuns text={text} stretches={stretches} draw={(run, key) => <Run key={key} run={run} />} />
    </Box>
  );
}
