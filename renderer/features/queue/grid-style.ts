import type { SxProps, Theme } from '@mui/material/styles';
import { rowHeight } from '#renderer/ui/theme.ts';
import { gridColumns } from './columns.ts';

/** All rows and cells are styled from here: a style of its own on each of 400 cells would cost a frame when scrolling. */
export const gridStyle: SxProps<Theme> = {
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  bgcolor: 'background.paper',
  position: 'relative',
  '&:focus-visible': { outline: 'none' },
  '&:focus-visible [aria-selected=true]': { outline: '2px solid var(--focus-ring)', outlineOffset: -2 },
  '& .queue-line': {
    position: 'absolute',
    insetInline: 0,
    top: 0,
    height: rowHeight,
    display: 'grid',
    gridTemplateColumns: gridColumns,
    alignItems: 'center',
    borderBottom: 1,
    borderColor: 'divider',
    cursor: 'default',
    contain: 'strict',
  },
  '& .queue-line:hover': { bgcolor: 'action.hover' },
  '& .queue-line[aria-selected=true]': {
    bgcolor: 'action.selected',
    boxShadow: 'inset 3px 0 0 var(--focus-ring)',
  },
  '& .queue-line > *': { px: 1, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& .queue-line .reference': { color: 'primary.main', cursor: 'pointer' },
  '& .queue-line .reference:hover': { textDecoration: 'underline' },
};
