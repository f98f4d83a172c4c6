import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { counted } from '#renderer/ui/counted.ts';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { exposureWords } from '#renderer/words/exposure.ts';
import type { TreatedMark } from '#shared/domain/sanitising/exposure.ts';
import { exposureKinds } from '#shared/domain/sanitising/exposure-kinds.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { type SanitiseForm, sameWords, takeOut } from './sanitise-form.ts';

interface Props {
  readonly marks: readonly TreatedMark[];
  readonly value: SanitiseForm;
  readonly change: (change: Partial<SanitiseForm>) => void;
  readonly problem: string | null;
}

const treatments = {
  open: { tone: 'amber', word: 'Open' },
  resolved: { tone: 'green', word: 'Resolved' },
  dismissed: { tone: 'plain', word: 'Dismissed' },
} as const;

function MarkRow({
  mark,
  value,
  change,
  tried,
}: Omit<Props, 'marks' | 'problem'> & { readonly mark: TreatedMark; readonly tried: boolean }) {
  const { label } = exposureKinds[mark.kind];
  const words = visibleText(mark.text);
  const dismissal = value.dismissed.find((each) => sameWords(each.words, mark.text));
  const { tone, word } = treatments[mark.treatment];
  const others = value.dismissed.filter((each) => each !== dismissal);
  return (
    <Box component="li" sx={{ py: 0.75, borderTop: 1, borderColor: 'divider' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
        <Box sx={{ width: 92 }}>
          <ToneLabel tone={tone}>{word}</ToneLabel>
        </Box>
        <Box sx={{ flex: 1, minWidth: 160 }}>
          <b>{`“${words}”`}</b>
          <Box component="span" sx={{ color: 'text.secondary' }}>{` ${label}. ${exposureWords[mark.kind]}`}</Box>
        </Box>
        {mark.treatment !== 'resolved' && (
          <Button
            aria-label={`Take out: ${words}`}
            onClick={() => change({ text: takeOut(value.text, mark.text), dismissed: others })}
          >
            Take out
          </Button>
        )}
        {mark.treatment === 'open' && (
          <Button
            aria-label={`Dismiss: ${words}`}
            onClick={() => change({ dismissed: [...value.dismissed, { words: mark.text, why: '' }] })}
          >
            Dismiss
          </Button>
        )}
        {dismissal && mark.treatment !== 'resolved' && (
          <Button aria-label={`Open again: ${words}`} onClick={() => change({ dismissed: others })}>
            Open again
          </Button>
        )}
      </Box>
      {dismissal && mark.treatment === 'dismissed' && (
        <Box sx={{ mt: 0.75, ml: '100px' }}>
          <TextIn
            label={`Why “${words}” may stay`}
            value={dismissal.why}
            onChange={(reason) =>
              change({
                dismissed: value.dismissed.map((each) => (each === dismissal ? { ...each, why: reason } : each)),
              })
            }
            problem={tried && !dismissal.why.trim() ? 'Give a reason.' : null}
          />
        </Box>
      )}
    </Box>
  );
}

/** Each mark is resolved, because its words are gone, or dismissed with a reason. Until then the text may not leave. */
export function MarkList({ marks, value, change, problem }: Props) {
  // The same words are dealt with once.
  const distinct = marks.filter(
    (mark, index) => marks.findIndex((other) => sameWords(other.text, mark.text)) === index,
  );
  const open = marks.filter(({ treatment, why }) => treatment === 'open' || (treatment === 'dismissed' && !why)).length;
  return (
    <Box role="group" aria-label="Marks of the check" aria-invalid={problem ? true : undefined} tabIndex={-1}>
      <Box role="status" sx={{ fontWeight: 650 }}>
        {marks.length === 0
          ? 'The check marks nothing.'
          : `${counted(open, 'mark', 'marks')} to resolve or dismiss, of ${marks.length}.`}
      </Box>
      {problem && <Box sx={{ color: 'error.main', fontWeight: 650 }}>{problem}</Box>}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {distinct.map((mark) => (
          <MarkRow
            key={`${mark.in} ${mark.start}`}
            mark={mark}
            value={value}
            change={change}
            tried={problem !== null}
          />
        ))}
      </Box>
    </Box>
  );
}
