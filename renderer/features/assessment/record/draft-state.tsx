import Box from '@mui/material/Box';
import { type Draft, useDrafts } from '#renderer/state/draft-store.ts';
import { timeOfDay } from '#renderer/ui/time.ts';

function words({ phase, savedAt, trouble }: Draft): string {
  switch (phase) {
    case 'unsaved':
      return 'Not saved yet';
    case 'saving':
      return 'Saving the draft';
    case 'saved':
      return savedAt ? `Draft saved ${timeOfDay(Date.parse(savedAt))}` : 'Draft saved';
    case 'held':
      return 'Not on the disk yet, which is full or cannot be written. Probity keeps what you typed and tries again.';
    case 'failed':
      return `Draft not saved: ${trouble ?? 'the vault did not answer'} Trying again.`;
  }
}

/** "Draft saved" only once it is sealed and durable. Nothing while nothing is being written. */
export function DraftState({ of: key }: { readonly of: string }) {
  const draft = useDrafts((state) => state.drafts[key]);
  if (!draft) return null;
  const isTrouble = draft.phase === 'held' || draft.phase === 'failed';
  const settled = draft.phase === 'saved' || isTrouble;
  return (
    <Box
      component="span"
      role={settled ? 'status' : undefined}
      sx={{
        fontSize: 12,
        color: isTrouble ? 'text.primary' : 'text.secondary',
        fontWeight: isTrouble ? 650 : 400,
      }}
    >
      {words(draft)}
    </Box>
  );
}
