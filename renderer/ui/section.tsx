import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { type ReactNode, useId } from 'react';
import { hidden } from './hidden.ts';

interface Props {
  readonly title: string;
  /** `part`: within what has a heading of its own. */
  readonly level?: 'screen' | 'part';
  /** The heading above it says the same: read out, and not written twice. */
  readonly untitled?: boolean;
  /** On the right of the heading. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

const headings = { screen: 'h2', part: 'h3' } as const;

/** A titled part of a screen, found by its heading. */
export function Section({ title, level = 'screen', untitled = false, aside, children }: Props) {
  const heading = useId();
  return (
    <Box component="section" aria-labelledby={heading} sx={{ '& + &': { mt: 2.5 } }}>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'baseline',
          gap: 1,
          mb: 0.75,
          ...(!untitled && { borderBottom: 1, borderColor: 'divider', pb: 0.4 }),
          ...(untitled && { position: 'relative', justifyContent: 'flex-end' }),
        }}
      >
        <Typography id={heading} variant={headings[level]} sx={untitled ? hidden : { flex: 1 }}>
          {title}
        </Typography>
        {aside && (
          <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
            {aside}
          </Typography>
        )}
      </Box>
      {children}
    </Box>
  );
}
