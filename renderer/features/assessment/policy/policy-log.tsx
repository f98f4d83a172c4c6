import Close from '@mui/icons-material/Close';
import Print from '@mui/icons-material/Print';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { offerActions } from '#renderer/state/action-store.ts';
import type { CaseView } from '#renderer/state/case-store.ts';
import { flushDrafts } from '#renderer/state/draft-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { useUnit } from '#renderer/state/unit-store.ts';
import { PrintPage } from '#renderer/ui/print-page.tsx';
import { enteredByHand } from '#renderer/words/by-hand.ts';
import { selectPolicyLog } from '#shared/domain/case/policy-log.ts';
import { isByHand } from '#shared/domain/report/report.ts';
import { PolicyLines } from './policy-lines.tsx';

const explained =
  'Every decision, the options considered and the reasons. Only added to: what was superseded stays, and says so.';

/** A page that prints stands still until its dialog is closed, and saves nothing meanwhile. */
const print = () => void flushDrafts().finally(() => window.print());

/** The policy log of a case: a panel to read, and a page to print. */
export function PolicyLog({ view }: { readonly view: CaseView }) {
  const [open, setOpen] = useState(false);
  const unit = useUnit(({ record }) => record.names.unit);
  const by = useSession(({ session }) => session?.member.name ?? '');
  useLayoutEffect(() => offerActions({ policyLog: { run: () => setOpen(true) } }), []);
  if (!open) return null;
  const lines = selectPolicyLog(view.state);
  const { reference } = view.summary;
  return (
    <>
      <Drawer
        anchor="right"
        open
        onClose={() => setOpen(false)}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': `Policy log of ${reference}`,
            sx: { width: 860, maxWidth: '95vw', p: 2, gap: 1.5 },
          },
        }}
      >
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
          <Typography variant="h1" component="h2" sx={{ flex: 1 }}>
            {`Policy log of ${reference}`}
          </Typography>
          <Button variant="outlined" startIcon={<Print />} onClick={print}>
            Print
          </Button>
          <IconButton aria-label="Close" onClick={() => setOpen(false)} autoFocus>
            <Close fontSize="small" />
          </IconButton>
        </Box>
        <Typography sx={{ color: 'text.secondary' }}>{explained}</Typography>
        {isByHand(view.state.referral.report) && <Typography>{`${enteredByHand}.`}</Typography>}
        <PolicyLines lines={lines} />
      </Drawer>
      {createPortal(
        <PrintPage title={`Policy log of ${reference}`} unit={unit} by={by}>
          {isByHand(view.state.referral.report) && <p>{`${enteredByHand}.`}</p>}
          <PolicyLines lines={lines} printed />
        </PrintPage>,
        document.body,
      )}
    </>
  );
}
