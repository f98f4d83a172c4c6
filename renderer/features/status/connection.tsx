import Box from '@mui/material/Box';
import type { useStatus } from '#renderer/state/status-store.ts';
import { absolute, ago } from '#renderer/ui/time.ts';
import { useNow } from '#renderer/ui/use-now.ts';
import { say } from '#renderer/words/say.ts';

type Status = NonNullable<ReturnType<typeof useStatus.getState>['status']>;

function lastSynced(at: string | null, now: number): string {
  return at ? `Last synced ${ago(Date.parse(at), now)}` : 'Not synced yet';
}

function trouble({ online, trouble: why }: Status): string {
  if (!online) return why ? `Offline: ${say(why)}` : 'Offline';
  return why ? `Online, but the last exchange failed: ${say(why)}` : 'Online';
}

/** Online or not and why, what waits, and when all was last exchanged. Read out when it changes. */
export function Connection({ status }: { readonly status: Status }) {
  const now = useNow();
  const words = trouble(status);
  const { waiting, lastSynced: at } = status;
  return (
    <>
      <Box
        component="span"
        role="status"
        title={words}
        sx={{ maxWidth: 420, overflow: 'hidden', textOverflow: 'ellipsis' }}
      >
        {words}
      </Box>
      <Box component="span" role="status" sx={{ fontWeight: waiting > 0 ? 650 : 'inherit' }}>
        {waiting > 0 ? `${waiting} waiting to sync` : 'Nothing waiting to sync'}
      </Box>
      <span title={at ? absolute(Date.parse(at)) : undefined}>{lastSynced(at, now)}</span>
    </>
  );
}
