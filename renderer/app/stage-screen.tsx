import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type ReactNode, useMemo } from 'react';
import { FirstRunScreen } from '#renderer/features/first-run/first-run-screen.tsx';
import { FoundScreen } from '#renderer/features/first-run/found-screen.tsx';
import { UnlockScreen } from '#renderer/features/unlock/unlock-screen.tsx';
import { ScreenMessage } from '#renderer/ui/screen-message.tsx';
import { OpenWorkbench } from './open-workbench.tsx';
import type { HostDescription, Stage } from './stage.ts';
import type { Workbench } from './workbench.ts';

const demoPassphrases = ({ demo }: HostDescription) =>
  demo && Object.fromEntries(demo.members.map(({ name, passphrase }) => [name, passphrase]));

function Elsewhere({ host, workbench }: { readonly host: HostDescription; readonly workbench: Workbench }) {
  return (
    <ScreenMessage
      title={`${host.enrolment?.unit?.name ?? 'The unit'} was founded on another workstation`}
      action={
        <Button variant="outlined" onClick={() => void workbench.start()}>
          Look again
        </Button>
      }
    >
      This workstation is enrolled, but no member has a key here. This version admits members only on the workstation
      where the unit was founded: unlock there.
    </ScreenMessage>
  );
}

/** A screen under what is to be known first. */
function Noticed({ words, children }: { readonly words: string | null; readonly children: ReactNode }) {
  if (words === null) return children;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0, overflow: 'auto' }}>
      <Box sx={{ mx: 'auto', mt: 3, px: 2, width: 820, maxWidth: '100%' }}>
        <Alert severity="warning" variant="outlined" sx={{ whiteSpace: 'pre-line' }}>
          {words}
        </Alert>
      </Box>
      {children}
    </Box>
  );
}

interface Props {
  readonly stage: Stage;
  readonly workbench: Workbench;
}

/** The screen of each stage of the workbench's life. */
export function StageScreen({ stage, workbench }: Props) {
  const { tryDemo, enrol, judge, found, unlock } = workbench;
  const firstRun = useMemo(() => ({ tryDemo, enrol, judge, found }), [tryDemo, enrol, judge, found]);
  switch (stage.name) {
    case 'starting':
      return <ScreenMessage busy title="Starting" />;
    case 'locking':
      return <ScreenMessage busy title="Locking" />;
    case 'failed':
      return (
        <ScreenMessage
          alert
          title="Probity could not start"
          action={
            <Button variant="contained" onClick={() => void workbench.start()}>
              Try again
            </Button>
          }
        >
          <Box component="span" sx={{ whiteSpace: 'pre-line' }}>
            {`${stage.trouble}\nWhat is stored on this computer is untouched.`}
          </Box>
        </ScreenMessage>
      );
    case 'elsewhere':
      return (
        <Noticed words={stage.because}>
          <Elsewhere host={stage.host} workbench={workbench} />
        </Noticed>
      );
    case 'firstRun':
    case 'found': {
      const { host } = stage;
      const Screen = stage.name === 'found' ? FoundScreen : FirstRunScreen;
      const demoMembers = host.demo?.members.map(({ name }) => name) ?? null;
      return (
        <Noticed words={stage.because}>
          <Screen
            {...firstRun}
            endpoint={host.endpoint}
            unitName={host.enrolment?.unit?.name ?? null}
            demoMembers={demoMembers}
          />
        </Noticed>
      );
    }
    case 'unlock':
      return (
        <UnlockScreen
          unit={stage.unit}
          slots={stage.slots}
          demoPassphrases={demoPassphrases(stage.host)}
          lockedBecause={stage.because}
          unlock={unlock}
        />
      );
    case 'open':
      return <OpenWorkbench workbench={workbench} />;
  }
}
