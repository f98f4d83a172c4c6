import Box from '@mui/material/Box';
import { type DraftPhase, useDraft } from '#renderer/state/draft-store.ts';
import { timeOfDay } from '#renderer/ui/time.ts';

function words(phase: DraftPhase, savedAt: string | null, trouble: string | null): string {
  switch (phase) {
    case 'loading':
      return 'Reading the draft';
    case 'empty':
      return trouble ?? 'What you type is saved, sealed, as you type';
    case 'unsaved':
      return 'Not saved yet';
    case 'saving':
      return 'Saving the draft';
    case 'saved':
      return savedAt ? `Draft saved ${timeOfDay(Date.parse(savedAt))}` : 'Draft saved';
    case 'failed':
      return `Draft not saved: ${trouble ?? 'the vault did not answer'} Trying again.`;
  }
}

/** "Draft saved" only once it is sealed and durable. */
export function DraftState() {
  const phase = useDraft((state) => state.phase);
  const savedAt = useDraft((state) => state.savedAt);
  const trouble = useDraft((state) => state.trouble);
  const settled = phase === 'saved' || phase === 'failed';
  return (
    <Box
      component="span"
      role={settled ? 'status' : undefined}
      sx={{
        color: phase === 'failed' ? 'text.primary' : 'text.secondary',
        fontSize: 12,
        fontWeight: phase === 'failed' ? 650 : 400,
      }}
    >
      {words(phase, savedAt, trouble)}
    </Box>
  );
}
