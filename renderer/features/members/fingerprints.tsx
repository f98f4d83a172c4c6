import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMembers } from '#renderer/state/members-store.ts';
import { Section } from '#renderer/ui/section.tsx';
import { spellOut } from '#shared/kernel/spoken-code.ts';

function Fingerprint({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <Box sx={{ mb: 1.5 }}>
      <Typography component="dt" sx={{ color: 'text.secondary' }}>
        {label}
      </Typography>
      <Box component="dd" sx={{ m: 0 }}>
        <Box sx={{ fontFamily: 'monospace', fontSize: 15 }}>{value}</Box>
        <Typography variant="caption">{spellOut(value)}</Typography>
      </Box>
    </Box>
  );
}

/** By telephone with the operator of the endpoint: so both know that nobody stands between them. */
export function Fingerprints() {
  const fingerprints = useMembers((state) => state.fingerprints);
  if (!fingerprints) return null;
  return (
    <Box sx={{ mt: 3 }}>
      <Section title="To compare with the operator">
        <Typography sx={{ mb: 1.5 }}>
          The operator of the endpoint signs for the other units who founded this one. They call before they sign. Read
          out the first, and let them read out the second; if either differs, say so and do not go on.
        </Typography>
        <Box component="dl" sx={{ m: 0 }}>
          <Fingerprint label="This unit, as founded" value={fingerprints.unit} />
          <Fingerprint label="The operator’s key" value={fingerprints.operator} />
        </Box>
      </Section>
    </Box>
  );
}
