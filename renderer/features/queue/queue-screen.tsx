import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect, useMemo, useRef } from 'react';
import { narrows } from '#renderer/state/queue-query.ts';
import { clearFilters, findFollowed, refreshQueue, useQueue } from '#renderer/state/queue-store.ts';
import { useScreen } from '#renderer/state/screen-store.ts';
import { useStatus } from '#renderer/state/status-store.ts';
import { hidden } from '#renderer/ui/hidden.ts';
import { ScreenMessage } from '#renderer/ui/screen-message.tsx';
import { QueueGrid } from './queue-grid.tsx';
import { QueueToolbar } from './queue-toolbar.tsx';
import { useQueueActions } from './use-queue-actions.ts';

function NothingHere() {
  const query = useQueue((state) => state.query);
  const inBrief = useQueue((state) => state.searchedInBrief);
  const status = useStatus((state) => state.status);
  if (narrows(query)) {
    return (
      <ScreenMessage
        title="No case matches"
        action={
          <Button variant="outlined" onClick={clearFilters}>
            Clear search and filters
          </Button>
        }
      >
        {inBrief
          ? 'So far only references, subjects, collar numbers, stations, vehicles and categories were searched: narratives are not read yet.'
          : 'Words are searched in all that a referral says. Each must begin a word of it.'}
      </ScreenMessage>
    );
  }
  if (status?.ingest) return <ScreenMessage busy title="Receiving the first referrals" />;
  return (
    <ScreenMessage title="No referral has come in yet">
      {status && !status.online
        ? 'This workstation is offline. Referrals appear here as soon as it reaches the central endpoint.'
        : 'They appear here by themselves when the central endpoint has one for this unit.'}
    </ScreenMessage>
  );
}

/** Everything that waits, what is due first on top. */
export function QueueScreen() {
  const grid = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const filter = useRef<HTMLButtonElement>(null);
  const views = useRef<HTMLButtonElement>(null);
  const refs = useMemo(() => ({ search, filter, views }), []);
  useQueueActions(grid, refs);
  const matching = useQueue((state) => state.matching);
  const trouble = useQueue((state) => state.trouble);
  const arrival = useScreen((state) => state.arrival);
  const hasRows = matching !== null && matching > 0;
  useEffect(() => void (arrival && findFollowed()), [arrival]);
  // On arrival, or when the first rows come after it.
  const arrivedAt = hasRows ? arrival : null;
  useEffect(() => {
    if (arrivedAt !== null && document.activeElement === document.body) grid.current?.focus();
  }, [arrivedAt]);
  return (
    <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
      <h1 style={hidden}>Queue</h1>
      <QueueToolbar refs={refs} toGrid={() => grid.current?.focus()} />
      {trouble && (
        <ScreenMessage
          alert
          title="The queue could not be read"
          action={
            <Button variant="outlined" onClick={() => void refreshQueue()}>
              Try again
            </Button>
          }
        >
          {trouble} Nothing is lost.
        </ScreenMessage>
      )}
      {!trouble && matching === null && <ScreenMessage busy title="Opening the queue" />}
      {!trouble && matching === 0 && <NothingHere />}
      {!trouble && hasRows && <QueueGrid gridRef={grid} />}
    </Box>
  );
}
