import Box from '@mui/material/Box';
import { protectiveMarkingHeight } from './theme.ts';

/** The protective marking of the whole screen. Neutral on purpose: colour means risk here. */
export function ProtectiveMarking({ at }: { readonly at: 'top' | 'bottom' }) {
  return (
    <Box
      component={at === 'top' ? 'header' : 'div'}
      // Once is enough for a screen reader.
      aria-hidden={at === 'bottom'}
      sx={{
        bgcolor: 'protectiveMarking.paper',
        color: 'protectiveMarking.ink',
        textAlign: 'center',
        fontSize: 12,
        fontWeight: 650,
        letterSpacing: '0.06em',
        lineHeight: `${protectiveMarkingHeight}px`,
        flex: 'none',
      }}
    >
      OFFICIAL-SENSITIVE
    </Box>
  );
}
