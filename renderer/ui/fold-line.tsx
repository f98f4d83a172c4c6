import ChevronRight from '@mui/icons-material/ChevronRight';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { ReactNode } from 'react';
import { listed } from './theme.ts';

interface Props {
  readonly open: boolean;
  readonly onToggle: () => void;
  /** What it is: never cut. */
  readonly title?: string;
  /** What it says in short: cut where there is no room. */
  readonly brief?: ReactNode;
  /** On the right. */
  readonly aside?: ReactNode;
}

/** One line in place of what it opens. */
export function FoldLine({ open, onToggle, title, brief, aside }: Props) {
  return (
    <ButtonBase
      aria-expanded={open}
      onClick={onToggle}
      sx={{
        ...{ width: '100%', minHeight: 32, px: 0.5, display: 'flex', alignItems: 'center', gap: 1 },
        ...{ font: 'inherit', textAlign: 'left', borderRadius: 1, '&:hover': { bgcolor: 'action.hover' } },
        [listed]: { flexWrap: 'wrap', rowGap: 0, py: 0.5 },
      }}
    >
      <ChevronRight sx={{ fontSize: 16, flex: 'none', transform: open ? 'rotate(90deg)' : 'none' }} />
      {title && (
        <Box component="span" sx={{ fontWeight: 650 }}>
          {title}
        </Box>
      )}
      <Box
        component="span"
        sx={{ flex: '1 1 0', minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
      >
        {brief}
      </Box>
      <Box component="span" sx={{ fontSize: 12, fontWeight: 400, color: 'text.secondary' }}>
        {aside}
      </Box>
    </ButtonBase>
  );
}
