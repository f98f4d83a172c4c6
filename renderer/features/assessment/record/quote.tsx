import Box from '@mui/material/Box';
import { visibleText } from '#shared/kernel/visible-text.ts';

/** What the referral says, as it says it. */
export function Quote({ children }: { readonly children: string }) {
  return (
    <Box
      component="blockquote"
      sx={{
        m: 0,
        pl: 1,
        borderLeft: 3,
        borderColor: 'primary.main',
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        maxWidth: '72ch',
      }}
    >
      {visibleText(children)}
    </Box>
  );
}
