import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useScreen } from '#renderer/state/screen-store.ts';
import { sessionMay } from '#renderer/state/session-store.ts';
import { usePolicy, useUnit } from '#renderer/state/unit-store.ts';
import { ScreenMessage } from '#renderer/ui/screen-message.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { oneColumn } from '#renderer/ui/theme.ts';
import { useArrival } from '#renderer/ui/use-arrival.ts';
import { whoMay } from '#renderer/words/roles.ts';
import { ChangeForm } from './change-form.tsx';
import { PolicyHistory } from './policy-history.tsx';
import { SettingTable } from './setting-table.tsx';

/** What the unit settles for itself: what is in force, where it comes from, who changed it and why. */
export function PolicyScreen() {
  const known = useUnit((state) => state.known);
  const record = useUnit((state) => state.record);
  const policy = usePolicy();
  const heading = useArrival(useScreen((state) => state.arrival));
  if (!known) return <ScreenMessage busy title="Reading the unit’s policy" />;
  return (
    <Box sx={{ p: 2, overflow: 'auto', flex: 1 }}>
      <Typography variant="h1" ref={heading} tabIndex={-1} sx={{ outline: 'none' }}>
        Unit policy
      </Typography>
      <Typography sx={{ mb: 2, color: 'text.secondary', maxWidth: '75ch' }}>
        What the unit settles for itself. A change counts from its place in the log: what was decided before it stays as
        it was judged.
      </Typography>
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: 'minmax(0, 1fr) 320px',
          gap: 3,
          [oneColumn]: { gridTemplateColumns: 'minmax(0, 1fr)' },
          maxWidth: 1480,
          alignItems: 'start',
        }}
      >
        <div>
          <SettingTable record={record} policy={policy} />
          <Section title="Changes">
            <PolicyHistory record={record} />
          </Section>
        </div>
        {sessionMay('changePolicy') ? (
          <ChangeForm policy={policy} />
        ) : (
          <Typography sx={{ color: 'text.secondary' }}>
            {`You can read this. Only ${whoMay('changePolicy', policy)} can change it.`}
          </Typography>
        )}
      </Box>
    </Box>
  );
}
