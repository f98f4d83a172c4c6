import Box from '@mui/material/Box';
import { visibleText } from '#renderer/ui/visible-text.ts';
import type { TreatedMark } from '#shared/domain/sanitising/exposure.ts';
import { exposureKinds } from '#shared/domain/sanitising/exposure-kinds.ts';

const looks = {
  open: { borderBottomStyle: 'solid', fontWeight: 650 },
  dismissed: { borderBottomStyle: 'dotted' },
  resolved: { borderBottomStyle: 'none', textDecoration: 'line-through' },
} as const;

/** The original, with the marks of the check: bold while open, struck out when resolved, dotted when dismissed. */
export function MarkedText({ text, marks }: { readonly text: string; readonly marks: readonly TreatedMark[] }) {
  const ordered = [...marks].sort((one, other) => one.start - other.start);
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
      {ordered.map((mark, index) => (
        <span key={`${mark.start} ${mark.kind}`}>
          {visibleText(text.slice(ordered[index - 1]?.end ?? 0, mark.start))}
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
            {visibleText(text.slice(Math.max(mark.start, ordered[index - 1]?.end ?? 0), mark.end))}
          </Box>
        </span>
      ))}
      {visibleText(text.slice(ordered.at(-1)?.end ?? 0))}
    </Box>
  );
}
