import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { runAction } from '#renderer/state/action-store.ts';
import { goTo } from '#renderer/state/screen-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { ariaKeysOf, hintOf } from '#renderer/state/shortcut-list.ts';
import { useStatus } from '#renderer/state/status-store.ts';
import { count, counted } from '#renderer/ui/counted.ts';
import { KeyOnButton } from '#renderer/ui/keys.tsx';
import { PersonName } from '#renderer/ui/person-name.tsx';
import { oneColumn } from '#renderer/ui/theme.ts';
import { absolute, ago } from '#renderer/ui/time.ts';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { useNow } from '#renderer/ui/use-now.ts';
import { say } from '#renderer/words/say.ts';
import { roles } from '#shared/domain/policy/policy.ts';
import { IopcClock } from './iopc-clock.tsx';
import { Ingest, Renewal } from './progress.tsx';

type Status = NonNullable<ReturnType<typeof useStatus.getState>['status']>;

function lastSynced(at: string | null, now: number): string {
  return at ? `Last synced ${ago(Date.parse(at), now)}` : 'Not synced yet';
}

function trouble({ online, trouble: why }: Status): string {
  if (!online) return why ? `Offline: ${say(why)}` : 'Offline';
  return why ? `Online, but the last exchange failed: ${say(why)}` : 'Online';
}

/** Online or not and why, what waits, and when all was last exchanged. Read out when it changes. */
function Connection({ status }: { readonly status: Status }) {
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
      <span className="in-log" title={at ? absolute(Date.parse(at)) : undefined}>
        {lastSynced(at, now)}
      </span>
    </>
  );
}

function Warnings() {
  const warnings = useStatus(({ status }) => status?.warnings.length ?? 0);
  if (warnings === 0) return null;
  return (
    <Button color="error" onClick={() => void goTo('log')} sx={{ minHeight: 24, py: 0 }}>
      <ToneLabel tone="red">{counted(warnings, 'integrity warning', 'integrity warnings')}: read</ToneLabel>
    </Button>
  );
}

const megabyte = 1_000_000;

/** Foreseen, so that nobody meets a full disk in the middle of a sentence. */
function Room({ left }: { readonly left: number | null }) {
  return (
    <span role="status">
      {left !== null && (
        <ToneLabel tone={left < 50 * megabyte ? 'red' : 'amber'}>
          {`${count(Math.floor(left / megabyte))} MB left on this computer: free some space`}
        </ToneLabel>
      )}
    </span>
  );
}

/**
 * The truth about this workstation, always in sight.
 * @param invented a demonstration: nobody takes what it shows for a case
 */
export function StatusBar({ invented }: { readonly invented: boolean }) {
  const session = useSession((state) => state.session);
  const status = useStatus((state) => state.status);
  return (
    <Box
      component="footer"
      aria-label="Status"
      sx={{
        display: 'flex',
        alignItems: 'center',
        columnGap: 2.5,
        flexWrap: 'wrap',
        px: 1.5,
        minHeight: 30,
        flex: 'none',
        bgcolor: 'background.paper',
        borderTop: 1,
        borderColor: 'divider',
        fontSize: 12,
        whiteSpace: 'nowrap',
        '& > *': { flexShrink: 0, maxWidth: '100%' },
        // What the log screen says too.
        [oneColumn]: { '& .in-log': { display: 'none' } },
      }}
    >
      <Box sx={{ maxWidth: 360 }}>
        {session ? (
          <PersonName name={session.member.name} after={`, ${roles[session.member.role].label}, unlocked`} />
        ) : (
          'Locked'
        )}
      </Box>
      {invented && <Box sx={{ fontWeight: 650 }}>Demonstration: all of it is invented</Box>}
      {session && status && (
        <>
          <Connection status={status} />
          <span className="in-log">{`Verified to entry ${count(status.verifiedTo)}`}</span>
          <Warnings />
          <Room left={status.roomLeft} />
          <Ingest status={status} />
          <Renewal status={status} />
        </>
      )}
      {session && !status && <span>Reading the state of this workstation</span>}
      <Box sx={{ flex: 1 }} />
      {session && status?.iopcOwed && <IopcClock owed={status.iopcOwed} />}
      {session && (
        <Button
          color="inherit"
          onClick={() => runAction('lock')}
          aria-keyshortcuts={ariaKeysOf('lock')}
          sx={{ minHeight: 24, py: 0, fontSize: 12 }}
        >
          Lock
          <KeyOnButton>{hintOf('lock')}</KeyOnButton>
        </Button>
      )}
    </Box>
  );
}
