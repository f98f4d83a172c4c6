import Box from '@mui/material/Box';

/** A key or a combination, as it stands on a keyboard. */
export function Keys({ children }: { readonly children: string }) {
  return (
    <Box
      component="kbd"
      sx={{
        fontFamily: 'inherit',
        fontSize: 12,
        lineHeight: '16px',
        px: 0.6,
        border: 1,
        borderColor: 'divider',
        borderRadius: 0.75,
        color: 'text.secondary',
        bgcolor: 'background.default',
        whiteSpace: 'nowrap',
      }}
    >
      {children}
    </Box>
  );
}

/** Beside the words of a button, in its own colour. Not read out: `aria-keyshortcuts` says it. */
export function KeyOnButton({ children }: { readonly children: string }) {
  return (
    <Box
      component="kbd"
      aria-hidden
      sx={{ fontFamily: 'inherit', fontSize: 12, fontWeight: 400, ml: 1, color: 'inherit', whiteSpace: 'nowrap' }}
    >
      {children}
    </Box>
  );
}
