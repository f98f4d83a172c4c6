import Box from '@mui/material/Box';
import { useLayoutEffect, useRef } from 'react';
import { TextInRuns } from '#renderer/ui/long-text.tsx';
import type { Run } from '#renderer/ui/passages.ts';
import type { TreatedMark } from '#shared/domain/sanitising/exposure.ts';
import { exposureKinds } from '#shared/domain/sanitising/exposure-kinds.ts';
import { sameWords } from './sanitise-form.ts';

const looks = {
  open: { borderBottomStyle: 'solid', fontWeight: 650 },
  dismissed: { borderBottomStyle: 'dotted' },
  resolved: { borderBottomStyle: 'none', textDecoration: 'line-through' },
} as const;
const words = { open: 'open', dismissed: 'kept', resolved: 'replaced' } as const;

interface RunProps {
  readonly run: Run<TreatedMark>;
  readonly current: TreatedMark | null;
  readonly onChoose: (mark: TreatedMark) => void;
}

function MarkedRun({ run: { shown, within }, current, onChoose }: RunProps) {
  const [mark] = within;
  if (!mark) return <span>{shown}</span>;
  const isCurrent = current !== null && sameWords(mark.text, current.text);
  return (
    <Box
      component="mark"
      title={`${exposureKinds[mark.kind].label}, ${words[mark.treatment]}`}
      aria-current={isCurrent || undefined}
      onClick={() => onChoose(mark)}
      sx={{
        color: 'inherit',
        bgcolor: 'action.selected',
        borderBottom: 2,
        borderColor: mark.kind === 'victim' ? 'tone.red' : 'tone.amber',
        ...looks[mark.treatment],
        ...(isCurrent && { outline: 2, outlineColor: 'primary.main', outlineOffset: '1px' }),
      }}
    >
      {shown}
    </Box>
  );
}

interface Props {
  readonly text: string;
  readonly marks: readonly TreatedMark[];
  readonly current: TreatedMark | null;
  readonly onChoose: (mark: TreatedMark) => void;
}

/** Brings what is in hand into the box, and moves nothing else. */
function useInSight(current: TreatedMark | null) {
  const box = useRef<HTMLDivElement>(null);
  const words = current?.text;
  useLayoutEffect(() => {
    const found = words === undefined ? null : box.current?.querySelector('[aria-current]');
    if (!(found && box.current)) return;
    const [mark, frame] = [found.getBoundingClientRect(), box.current.getBoundingClientRect()];
    if (mark.top >= frame.top && mark.bottom <= frame.bottom) return;
    box.current.scrollTop += mark.top - frame.top - box.current.clientHeight / 3;
  }, [words]);
  return box;
}

/** The original, with the marks of the check: bold while open, struck out when replaced, dotted when kept. */
export function MarkedText({ text, marks, current, onChoose }: Props) {
  return (
    <Box
      ref={useInSight(current)}
      role="group"
      aria-label="Original"
      tabIndex={0}
      data-scrolls
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        p: 1,
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        maxHeight: 420,
        overflow: 'auto',
        minWidth: 0,
      }}
    >
      <TextInRuns
        text={text}
        stretches={marks}
        draw={(run, key) => <MarkedRun key={key} run={run} current={current} onChoose={onChoose} />}
      />
    </Box>
  );
}
