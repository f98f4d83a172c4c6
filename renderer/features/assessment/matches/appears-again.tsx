import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { CaseView } from '#renderer/state/case-store.ts';
import { openCase } from '#renderer/state/screen-store.ts';
import { Received } from '#renderer/ui/received.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { sayReason } from '#renderer/words/match-reasons.ts';

/** Within a sentence. */
const lowered = (reason: string): string => reason.charAt(0).toLowerCase() + reason.slice(1);

/** Why a case that was recorded for intelligence is back: where its subject appears again, and what a person can do. */
export function AppearsAgain({ view }: { readonly view: CaseView }) {
  const { appearsAgain } = view.summary;
  if (!appearsAgain) return null;
  return (
    <Section title="Subject appears again">
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {appearsAgain.map(({ case: id, reference, receivedAt, because }) => (
          <Box key={id} component="li" sx={{ mb: 0.75 }}>
            <ToneLabel tone="amber">Appears again</ToneLabel>
            {' in '}
            <Link
              component="button"
              onClick={() => void openCase(id)}
              sx={{ font: 'inherit', verticalAlign: 'baseline' }}
            >
              {reference}
            </Link>
            {', received '}
            <Received at={receivedAt} />
            {`, because: ${because.map(sayReason).map(lowered).join('; ')}`}
          </Box>
        ))}
      </Box>
      <Box sx={{ color: 'text.secondary' }}>
        Recorded for intelligence before that came. Record the disposition again in the light of it, or reject the match
        with a reason. Nothing is decided until you do.
      </Box>
    </Section>
  );
}
