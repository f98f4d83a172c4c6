import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useMemo } from 'react';
import type { CaseView } from '#renderer/state/case-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { listed } from '#renderer/ui/theme.ts';
import { exposureCaution } from '#renderer/words/exposure.ts';
import type { SanitisedPart } from '#shared/domain/sanitising/exposure.ts';
import { selectOriginal } from '#shared/domain/sanitising/exposure-review.ts';
import { sanitisedHistory, selectSanitised } from '#shared/domain/sanitising/sanitised-recorded.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { useForm } from '../form/use-form.ts';
import { Part } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';
import { AttachmentCopies } from './attachment-copies.tsx';
import { MarkList } from './mark-list.tsx';
import { MarkedText } from './marked-text.tsx';
import { type SanitiseForm, sanitiseShape, treatedMarks } from './sanitise-form.ts';

interface Props {
  readonly view: CaseView;
  readonly of: SanitisedPart;
  readonly title: string;
}

/** The original and the text that may leave, side by side, with what might show who reported; and the attachments. */
export function SanitisePart({ view, of, title }: Props) {
  const { state } = view;
  const item = of.kind === 'item' ? of.item : null;
  const assessment = state;
  const original = selectOriginal(state, of) ?? '';
  const before = selectSanitised(assessment, item);
  const { phrases } = usePolicy();
  const form = useForm<SanitiseForm>({
    step: 'harm',
    part: `sanitised.${item ?? 'whole'}`,
    shape: sanitiseShape,
    initial: {
      text: before?.text ?? original,
      dismissed:
        before?.marks.flatMap(({ treatment, text, why }) =>
          treatment === 'dismissed' && why ? [{ words: text, why }] : [],
        ) ?? [],
    },
    toCommand: (value) => ({
      type: 'sanitised.recorded',
      case: state.id,
      data: { of, text: value.text, marks: [...treatedMarks(original, value, phrases)] },
    }),
    done: `${title} recorded. Saved here.`,
  });
  const { value, change, problem } = form;
  const marks = useMemo(() => treatedMarks(original, value, phrases), [original, value, phrases]);
  return (
    <>
      <Part
        title={title}
        form={form}
        history={sanitisedHistory(assessment, item)}
        say={({ text, marks: treated }) => (
          <>
            <Said>{visibleText(text)}</Said>
            {`${treated.filter(({ treatment }) => treatment === 'resolved').length} marks resolved, ${treated.filter(({ treatment }) => treatment === 'dismissed').length} dismissed with a reason.`}
          </>
        )}
        optional
        wanted={item === null && sanitisedHistory(assessment, item).length === 0}
        action="Sanitise"
        again="Sanitise again"
      >
        <Alert severity="info" variant="outlined">
          {exposureCaution}
        </Alert>
        <Box
          sx={{
            display: 'grid',
            gridTemplateColumns: '1fr 1fr',
            gap: 1.5,
            alignItems: 'start',
            [listed]: { gridTemplateColumns: 'minmax(0, 1fr)' },
          }}
        >
          <MarkedText text={original} marks={marks.filter((mark) => mark.in === 'original')} />
          <TextIn
            label="Sanitised"
            lines={6}
            value={value.text}
            onChange={(text) => change({ text })}
            problem={problem('text')}
            help="What may leave the case."
          />
        </Box>
        <MarkList marks={marks} value={value} change={change} problem={problem('marks')} />
      </Part>
      {item === null && <AttachmentCopies view={view} />}
    </>
  );
}
