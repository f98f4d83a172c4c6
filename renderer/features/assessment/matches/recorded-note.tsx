import Box from '@mui/material/Box';
import { longDay } from '#renderer/ui/time.ts';
import { londonDate } from '#shared/kernel/london-time.ts';

/** Of another referral: that it waits for its subject to appear again. */
export function RecordedNote({ at }: { readonly at: string | null | undefined }) {
  return at ? <Box>{`Was recorded for intelligence on ${longDay(londonDate(at))}`}</Box> : null;
}
