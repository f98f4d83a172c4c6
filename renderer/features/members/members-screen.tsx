import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { loadMembers, useMembers } from '#renderer/state/members-store.ts';
import { goTo, useScreen } from '#renderer/state/screen-store.ts';
import { sessionMay } from '#renderer/state/session-store.ts';
import { policyNow } from '#renderer/state/unit-store.ts';
import { PersonName } from '#renderer/ui/person-name.tsx';
import { ScreenMessage } from '#renderer/ui/screen-message.tsx';
import { oneColumn } from '#renderer/ui/theme.ts';
import { useArrival } from '#renderer/ui/use-arrival.ts';
import { whoMay } from '#renderer/words/roles.ts';
import { roles } from '#shared/domain/policy/policy.ts';
import { AdmitForm } from './admit-form.tsx';
import { Fingerprints } from './fingerprints.tsx';
import { RankForm } from './rank-form.tsx';
import { UnitMembers } from './unit-members.tsx';

function MemberTable() {
  const slots = useMembers((state) => state.slots);
  const trouble = useMembers((state) => state.trouble);
  if (trouble) {
    return (
      <ScreenMessage
        alert
        title="The members could not be read"
        action={<Button onClick={() => void loadMembers()}>Try again</Button>}
      >
        {trouble}
      </ScreenMessage>
    );
  }
  if (!slots) return <ScreenMessage busy title="Reading the members" />;
  return (
    <Table size="small" aria-label="Members with a key on this workstation">
      <TableHead>
        <TableRow>
          <TableCell>Name</TableCell>
          <TableCell>Role</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {slots.map(({ id, name, role }) => (
          <TableRow key={id}>
            <TableCell sx={nameCell}>
              <PersonName name={name} />
            </TableCell>
            <TableCell>{roles[role].label}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** As wide as the table leaves it, whatever stands in it. */
const nameCell = { width: '100%', maxWidth: 0 } as const;

/** Who may work here, and the one place where a supervisor admits another. */
export function MembersScreen() {
  const heading = useArrival(useScreen((state) => state.arrival));
  useEffect(() => void loadMembers(), []);
  if (!sessionMay('admitMember')) {
    return (
      <ScreenMessage
        title="You cannot admit members"
        action={<Button onClick={() => void goTo('queue')}>Back to the queue</Button>}
      >
        {`Only ${whoMay('admitMember', policyNow())} can. Ask one to unlock this workstation.`}
      </ScreenMessage>
    );
  }
  return (
    <Box sx={{ p: 2, overflow: 'auto', flex: 1 }}>
      <Typography variant="h1" ref={heading} tabIndex={-1} sx={{ mb: 1.5, outline: 'none' }}>
        Members
      </Typography>
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: 'minmax(0, 1fr) 380px',
          gap: 4,
          [oneColumn]: { gridTemplateColumns: 'minmax(0, 1fr)' },
          maxWidth: 1480,
          alignItems: 'start',
        }}
      >
        <div>
          <Typography sx={{ color: 'text.secondary', mb: 1 }}>Of the unit</Typography>
          <UnitMembers />
          <Typography sx={{ color: 'text.secondary', mb: 1, mt: 3 }}>With a key on this workstation</Typography>
          <MemberTable />
          <Fingerprints />
        </div>
        <Box sx={{ display: 'grid', gap: 2 }}>
          <AdmitForm />
          <RankForm />
        </Box>
      </Box>
    </Box>
  );
}
