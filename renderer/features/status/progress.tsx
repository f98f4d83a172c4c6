import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import { pauseIngest, syncNow, type useStatus } from '#renderer/state/status-store.ts';
import { count } from '#renderer/ui/counted.ts';

type Status = NonNullable<ReturnType<typeof useStatus.getState>['status']>;

/** Many entries being brought in: how far, and a way to stop and go on. */
export function Ingest({ status: { ingest, paused } }: { readonly status: Status }) {
  if (!ingest && !paused) return null;
  const words = ingest ? `${count(ingest.done)} of ${count(ingest.of)} entries` : '';
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
      <span>{paused ? `Receiving is paused${words ? ` at ${words}` : ''}` : `Receiving ${words}`}</span>
      {ingest && (
        <LinearProgress
          variant="determinate"
          aria-label="Receiving entries"
          value={ingest.of > 0 ? Math.min(100, (ingest.done / ingest.of) * 100) : 0}
          sx={{ width: 120 }}
        />
      )}
      <Button onClick={() => void (paused ? syncNow() : pauseIngest())} sx={{ minHeight: 24, py: 0, fontSize: 12 }}>
        {paused ? 'Resume' : 'Pause'}
      </Button>
    </Box>
  );
}

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
