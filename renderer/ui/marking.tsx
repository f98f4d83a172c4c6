import Box from '@mui/material/Box';
import { markingHeight } from './theme.ts';

/** The handling marking of the whole screen. Neutral on purpose: colour means risk here. */
export function Marking({ at }: { readonly at: 'top' | 'bottom' }) {
  return (
    <Box
      component={at === 'top' ? 'header' : 'div'}
      // Once is enough for a screen reader.
      aria-hidden={at === 'bottom'}
      sx={{
        bgcolor: 'marking.paper',
        color: 'marking.ink',
        textAlign: 'center',
        fontSize: 12,
        fontWeight: 650,
        letterSpacing: '0.06em',
        lineHeight: `${markingHeight}px`,
        flex: 'none',
      }}
    >
      OFFICIAL-SENSITIVE
    </Box>
  );
}
