import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

export interface Fact {
  readonly term: string;
  readonly value: ReactNode;
}

/** Terms and what is known of each. A fact whose value is null is left out, rather than shown as empty. */
export function Facts({ facts, termWidth = 104 }: { readonly facts: readonly Fact[]; readonly termWidth?: number }) {
  return (
    <Box
      component="dl"
      sx={{ m: 0, display: 'grid', gridTemplateColumns: `${termWidth}px 1fr`, columnGap: 1.5, rowGap: 0.4 }}
    >
      {facts
        .filter(({ value }) => value !== null)
        .map(({ term, value }) => (
          <Box key={term} sx={{ display: 'contents' }}>
            <Box component="dt" sx={{ color: 'text.secondary' }}>
              {term}
            </Box>
            <Box component="dd" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere' }}>
              {value}
            </Box>
          </Box>
        ))}
    </Box>
  );
}
