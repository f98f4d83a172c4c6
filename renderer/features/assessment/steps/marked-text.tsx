import Box from '@mui/material/Box';
import { TextInRuns } from '#renderer/ui/long-text.tsx';
import type { Run } from '#renderer/ui/passages.ts';
import type { TreatedMark } from '#shared/domain/sanitising/exposure.ts';
import { exposureKinds } from '#shared/domain/sanitising/exposure-kinds.ts';

const looks = {
  open: { borderBottomStyle: 'solid', fontWeight: 650 },
  dismissed: { borderBottomStyle: 'dotted' },
  resolved: { borderBottomStyle: 'none', textDecoration: 'line-through' },
} as const;

/** One mark may lie within another: the narrower says more. */
function MarkedRun({ run: { shown, within } }: { readonly run: Run<TreatedMark> }) {
  const mark = within.toSorted((one, other) => one.end - one.start - (other.end - other.start))[0];
  if (!mark) return <span>{shown}</span>;
  return (
    <Box
      component="mark"
      title={`${exposureKinds[mark.kind].label}, ${mark.treatment}`}
      sx={{
        color: 'inherit',
        bgcolor: 'action.selected',
        borderBottom: 2,
        borderColor: 'tone.amber',
        ...looks[mark.treatment],
      }}
    >
      {shown}
    </Box>
  );
}

/** The original, with the marks of the check: bold while open, struck out when resolved, dotted when dismissed. */
export function MarkedText({ text, marks }: { readonly text: string; readonly marks: readonly TreatedMark[] }) {
  return (
    <Box
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
      <TextInRuns text={text} stretches={marks} draw={(run, key) => <MarkedRun key={key} run={run} />} />
    </Box>
  );
}
