import Alert from '@mui/material/Alert';
import type { CaseView } from './case-types.ts';

/** Whether this is what the central endpoint sent: said as found, never assumed. */
export function OriginProof({ view: { state, signatures } }: { readonly view: CaseView }) {
  const arrival = state.activity.find(({ type }) => type === 'referral.received');
  const signature = arrival ? signatures[arrival.entry] : undefined;
  if (signature === 'verified') return <span>Signed by the central endpoint, verified</span>;
  if (signature === 'checking') return <span>From the central endpoint; its signature is being checked</span>;
  if (signature === 'waiting') return <span>Not confirmed by the central endpoint yet</span>;
  return (
    <Alert severity="error" variant="outlined" sx={{ my: 0.5 }}>
      The signature of this referral does not verify. It may not be what the central endpoint sent: do not act on it,
      and tell whoever runs the endpoint. The other cases are not affected.
    </Alert>
  );
}
