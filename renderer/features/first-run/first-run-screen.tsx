import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { oneColumn } from '#renderer/ui/theme.ts';
import { EnrolForm } from './enrol-form.tsx';
import type { FirstRunPort } from './first-run-port.ts';
import { TryDemo } from './try-demo.tsx';

/** A workstation that belongs to no unit yet: two clear ways on. */
export function FirstRunScreen(port: FirstRunPort) {
  const both = port.demoMembers !== null;
  return (
    <Box component="main" sx={{ m: 'auto', width: both ? 820 : 460, maxWidth: '100%', p: 2 }}>
      <Typography variant="h1">Set up this workstation</Typography>
      <Typography sx={{ mb: 2, mt: 0.5, color: 'text.secondary', fontSize: 14 }}>
        Probity keeps referrals encrypted on this machine. Only members with a passphrase can read them.
      </Typography>
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: both ? '1fr 1fr' : '1fr',
          gap: 2,
          alignItems: 'start',
          [oneColumn]: { gridTemplateColumns: 'minmax(0, 1fr)' },
        }}
      >
        {port.demoMembers && <TryDemo members={port.demoMembers} tryDemo={port.tryDemo} />}
        <EnrolForm endpoint={port.endpoint} enrol={port.enrol} primary={!both} />
      </Box>
    </Box>
  );
}
