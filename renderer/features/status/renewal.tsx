import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import type { useStatus } from '#renderer/state/status-store.ts';
import { count } from '#renderer/ui/visible-text.ts';

type Status = NonNullable<ReturnType<typeof useStatus.getState>['status']>;

/** After an update: how many cases this Probity has read anew. The queue shows the others as they were before. */
export function Renewal({ status: { renewal } }: { readonly status: Status }) {
  if (!renewal) return null;
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
      <span>{`After the update: ${count(renewal.done)} of ${count(renewal.of)} cases read anew`}</span>
      <LinearProgress
        variant="determinate"
        aria-label="Reading cases anew"
        value={(renewal.done / renewal.of) * 100}
        sx={{ width: 120 }}
      />
    </Box>
  );
}
