import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { openCase } from '#renderer/state/screen-store.ts';
import { Received } from '#renderer/ui/received.tsx';
import { longDay } from '#renderer/ui/time.ts';
import { saySubjects } from '#renderer/words/subjects.ts';
import type { SubjectLine } from '#shared/domain/case/case-summary.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { londonDate } from '#shared/kernel/london-time.ts';

interface Props {
  readonly id: StreamId;
  readonly reference: string;
  /** Undefined while it is not known here. */
  readonly subject?: SubjectLine | null | undefined;
  readonly receivedAt?: string | undefined;
}

/** Another referral, and the way to it. */
export function ReferralLine({ id, reference, subject, receivedAt }: Props) {
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      <Link component="button" onClick={() => void openCase(id)} sx={{ font: 'inherit', verticalAlign: 'baseline' }}>
        {reference}
      </Link>
      <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
        {subject !== undefined && saySubjects(subject)}
      </Box>
      {receivedAt && (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          <Received at={receivedAt} />
        </Box>
      )}
    </Box>
  );
}

/** Of another referral: that it waits for its subject to appear again. */
export function RecordedNote({ at }: { readonly at: string | null | undefined }) {
  return at ? <Box>{`Was recorded for intelligence on ${longDay(londonDate(at))}`}</Box> : null;
}
