import Box from '@mui/material/Box';
import { useEffect, useRef } from 'react';
import { Keys } from '#renderer/ui/keys.tsx';
import type { Found } from './use-findings.ts';

interface Props {
  readonly id: string;
  readonly found: Found;
  readonly active: boolean;
  readonly onChoose: (found: Found) => void;
}

export function PaletteRow({ id, found, active, onChoose }: Props) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);
  return (
    <Box
      ref={row}
      id={id}
      role="option"
      aria-selected={active}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChoose(found)}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        minHeight: 32,
        px: 2,
        cursor: 'pointer',
        bgcolor: active ? 'action.selected' : undefined,
        '&:hover': { bgcolor: active ? 'action.selected' : 'action.hover' },
      }}
    >
      <Box component="span" sx={{ width: 44, color: 'text.secondary', fontSize: 12 }}>
        {found.sort}
      </Box>
      <Box
        component="span"
        sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'pre' }}
      >
        {found.label}
      </Box>
      {found.note && (
        <Box component="span" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
          {found.note}
        </Box>
      )}
      {found.keys && <Keys>{found.keys}</Keys>}
    </Box>
  );
}
