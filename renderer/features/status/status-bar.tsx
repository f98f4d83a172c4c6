import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { runAction } from '#renderer/state/action-store.ts';
import { goTo } from '#renderer/state/screen-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { ariaKeysOf, hintOf } from '#renderer/state/shortcut-list.ts';
import { useStatus } from '#renderer/state/status-store.ts';
import { KeyOnButton } from '#renderer/ui/keys.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { count, counted } from '#renderer/ui/visible-text.ts';
import { roles } from '#shared/domain/policy/policy.ts';
import { Connection } from './connection.tsx';
import { Ingest } from './ingest.tsx';
import { IopcClock } from './iopc-clock.tsx';
import { Renewal } from './renewal.tsx';

function Warnings() {
  const warnings = useStatus(({ status }) => status?.warnings.length ?? 0);
  if (warnings === 0) return null;
  return (
    <Button color="error" onClick={() => void goTo('log')} sx={{ minHeight: 24, py: 0 }}>
      <ToneLabel tone="red">{counted(warnings, 'integrity warning', 'integrity warnings')}: read</ToneLabel>
    </Button>
  );
}

/** The truth about this workstation, always in sight. */
export function StatusBar() {
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
        '& > *': { flexShrink: 0 },
      }}
    >
      <span>{session ? `${session.member.name}, ${roles[session.member.role].label}, unlocked` : 'Locked'}</span>
      {session && status && (
        <>
          <Connection status={status} />
          <span>{`Verified to entry ${count(status.verifiedTo)}`}</span>
          <Warnings />
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
