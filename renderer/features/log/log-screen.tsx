import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { openCase, useScreen } from '#renderer/state/screen-store.ts';
import { checkEveryEntry, syncNow, useStatus } from '#renderer/state/status-store.ts';
import { count, counted } from '#renderer/ui/counted.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { ScreenMessage } from '#renderer/ui/screen-message.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { absolute } from '#renderer/ui/time.ts';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { useArrival } from '#renderer/ui/use-arrival.ts';
import { When } from '#renderer/ui/when.tsx';
import { say } from '#renderer/words/say.ts';
import { sayWarning } from '#renderer/words/warnings.ts';
import { LogEntries } from './log-entries.tsx';
import { NewKeysForm } from './new-keys-form.tsx';

type VaultStatus = NonNullable<ReturnType<typeof useStatus.getState>['status']>;
type Warning = VaultStatus['warnings'][number];

function WarningList({ warnings }: { readonly warnings: readonly Warning[] }) {
  if (warnings.length === 0) return <Typography>None. Everything that was read verifies.</Typography>;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
      {warnings.map((warning) => {
        const { code, position, case: id } = warning;
        return (
          <li key={`${code} ${position} ${id}`}>
            <Alert
              severity="error"
              variant="outlined"
              action={
                id && (
                  <Button color="inherit" onClick={() => void openCase(id)}>
                    Open the case
                  </Button>
                )
              }
            >
              {sayWarning(warning)}
              <Typography variant="caption" component="p">
                {position === null ? code : `${code}, entry ${count(position)}`}
              </Typography>
            </Alert>
          </li>
        );
      })}
    </Box>
  );
}

function LastCheck() {
  const checked = useStatus((state) => state.checked);
  if (!checked) return <>Not in this session</>;
  const { at, warnings } = checked;
  return (
    <>
      {`${absolute(at)}: `}
      {warnings === 0 ? (
        <ToneLabel tone="green">every entry verifies</ToneLabel>
      ) : (
        <ToneLabel tone="red">{counted(warnings, 'warning', 'warnings')}</ToneLabel>
      )}
    </>
  );
}

function LogState({ status }: { readonly status: VaultStatus }) {
  const checking = useStatus((state) => state.checking);
  const facts = [
    { term: 'Verified to', value: `Entry ${count(status.verifiedTo)}` },
    { term: 'Waiting to sync', value: status.waiting > 0 ? counted(status.waiting, 'entry', 'entries') : 'Nothing' },
    { term: 'Last synced', value: status.lastSynced ? <When at={status.lastSynced} full /> : 'Not yet' },
    {
      term: 'Connection',
      value: status.online ? 'Online' : `Offline${status.trouble ? `: ${say(status.trouble)}` : ''}`,
    },
    { term: 'Last full check', value: <LastCheck /> },
  ];
  return (
    <Section title="State">
      <Facts facts={facts} termWidth={120} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 2 }}>
        <ReasonedButton
          variant="contained"
          blocked={checking ? 'The check is running.' : null}
          onClick={() => void checkEveryEntry()}
        >
          Check every entry now
        </ReasonedButton>
        <ReasonedButton variant="outlined" onClick={() => void syncNow()}>
          Sync now
        </ReasonedButton>
      </Box>
      {checking && (
        <Box role="status" sx={{ mt: 1.5 }}>
          <Typography variant="caption">Reading every stored entry again. You can go on working.</Typography>
          <LinearProgress aria-label="Checking every entry" sx={{ mt: 0.5 }} />
        </Box>
      )}
    </Section>
  );
}

/** On a screen of middling width the two stand side by side, so that the entries begin higher. */
const beside = {
  '@media (min-width: 900px) and (max-width: 1599.95px)': {
    ...{ display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', columnGap: 3, alignItems: 'start' },
    '&& > section + section': { mt: 0 },
  },
} as const;

/** The entries need the room: beside what is proved of them only on a wide screen. */
const columns = {
  display: 'grid',
  gap: 3,
  alignItems: 'start',
  gridTemplateColumns: 'minmax(0, 1fr)',
  '& > *': { minWidth: 0 },
  '@media (min-width: 1600px)': { gridTemplateColumns: '440px minmax(0, 1fr)' },
} as const;

/** What is proved about the unit's log on this machine, what is not, a way to prove it again, and what it holds. */
export function LogScreen() {
  const status = useStatus((state) => state.status);
  const heading = useArrival(useScreen((state) => state.arrival));
  if (!status) return <ScreenMessage busy title="Reading the state of the log" />;
  return (
    <Box sx={{ p: 2, overflow: 'auto', flex: 1 }}>
      <Typography variant="h1" ref={heading} tabIndex={-1} sx={{ outline: 'none' }}>
        Log
      </Typography>
      <Typography sx={{ mb: 2, color: 'text.secondary', maxWidth: '75ch' }}>
        Everything done in the unit is one signed entry in one log. Each is checked when it arrives: seal, signature,
        and place in the chain.
      </Typography>
      <Box sx={columns}>
        <Box sx={beside}>
          <Section title="Warnings">
            <WarningList warnings={status.warnings} />
          </Section>
          {status.isSetBack && <NewKeysForm />}
          <LogState status={status} />
        </Box>
        <LogEntries />
      </Box>
    </Box>
  );
}
