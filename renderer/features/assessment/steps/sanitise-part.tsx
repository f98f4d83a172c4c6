import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMemo, useRef } from 'react';
import type { CaseView } from '#renderer/state/case-store.ts';
import { setWide, useStep } from '#renderer/state/step-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { counted } from '#renderer/ui/counted.ts';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { useInStep } from '#renderer/ui/use-in-step.ts';
import { exposureCaution } from '#renderer/words/exposure.ts';
import type { SanitisedPart } from '#shared/domain/sanitising/exposure.ts';
import { knownOf, selectOriginal } from '#shared/domain/sanitising/exposure-review.ts';
import { readThrough, readThroughIds } from '#shared/domain/sanitising/read-through.ts';
import { sanitisedHistory, selectSanitised } from '#shared/domain/sanitising/sanitised-recorded.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { partIn } from '../form/fields.ts';
import { useForm } from '../form/use-form.ts';
import { Part } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';
import { AttachmentCopies } from './attachment-copies.tsx';
import { MarkDesk } from './mark-desk.tsx';
import { MarkedText } from './marked-text.tsx';
import { ReadThrough } from './read-through.tsx';
import { type SanitiseForm, sanitiseShape, treatedMarks } from './sanitise-form.ts';
import { useMarkWalk } from './use-mark-walk.ts';

interface Props {
  readonly view: CaseView;
  readonly of: SanitisedPart;
  readonly title: string;
}

const noAnswers = sanitiseShape.answers;

const startSanitising = (original: string, before: ReturnType<typeof selectSanitised>): SanitiseForm => ({
  text: before?.text ?? original,
  dismissed:
    before?.marks.flatMap(({ treatment, text, why }) =>
      treatment === 'dismissed' && why ? [{ words: text, why }] : [],
    ) ?? [],
  replacements: [],
  answers: noAnswers,
});

/** The form: it begins with what was recorded last, but is answered for anew. */
function useSanitiseForm({ view, of, title }: Props) {
  const { state } = view;
  const item = of.kind === 'item' ? of.item : null;
  const original = selectOriginal(state, of) ?? '';
  const before = selectSanitised(state, item);
  const { phrases } = usePolicy();
  const known = useMemo(() => knownOf(state, phrases), [state, phrases]);
  const form = useForm<SanitiseForm>({
    step: 'harm',
    part: `sanitised.${item ?? 'whole'}`,
    shape: sanitiseShape,
    initial: useMemo(() => startSanitising(original, before), [original, before]),
    toCommand: (value) => ({
      type: 'sanitised.recorded',
      case: state.id,
      data: { of, text: value.text, marks: [...treatedMarks(original, value, known)], answers: value.answers },
    }),
    done: `${title} recorded. Saved here.`,
  });
  return { form, original, known, language: state.referral.report.language };
}

type Recorded = NonNullable<ReturnType<typeof selectSanitised>>;

function Sanitised({ text, marks, answers }: Recorded) {
  const count = (wanted: string) => marks.filter(({ treatment }) => treatment === wanted).length;
  return (
    <>
      <Said>{visibleText(text)}</Said>
      <div>{`${counted(count('resolved'), 'mark', 'marks')} replaced, ${count('dismissed')} kept with a reason.`}</div>
      {readThroughIds.map((id) => (
        <div key={id}>{`${readThrough[id].label} ${visibleText(answers[id])}`}</div>
      ))}
    </>
  );
}

/** Side by side where each has 45 characters to a line, else one above the other. */
const beside = '@container (min-width: calc(90ch + 64px))';

/** Original and sanitised text, in step, and the marks one by one. */
function SanitiseFields({ form, original, known, language }: ReturnType<typeof useSanitiseForm>) {
  const { value, change, problem } = form;
  const marks = useMemo(() => treatedMarks(original, value, known), [original, value, known]);
  const walk = useMarkWalk(marks);
  const wide = useStep((state) => state.wide);
  const fields = useRef<HTMLDivElement>(null);
  useInStep(fields);
  const toQuestions = () => fields.current?.querySelector<HTMLElement>('[data-questions] textarea')?.focus();
  return (
    <Box ref={fields} data-takes-room sx={{ display: 'grid', gap: 1.5, containerType: 'inline-size' }}>
      <Button onClick={() => setWide(!wide)} sx={{ justifySelf: 'start' }}>
        {wide ? 'Show the referral beside it again' : 'Use the whole width'}
      </Button>
      <Box sx={{ display: 'grid', gap: 1.5, alignItems: 'start', [beside]: { gridTemplateColumns: '1fr 1fr' } }}>
        <MarkedText
          text={original}
          marks={marks.filter((mark) => mark.in === 'original')}
          current={walk.current}
          onChoose={walk.goTo}
        />
        <TextIn
          label="Sanitised"
          lines={6}
          value={value.text}
          onChange={(text) => change({ text })}
          problem={problem('text')}
          help="What may leave the case."
        />
      </Box>
      <MarkDesk {...{ walk, value, language, change }} problem={problem('marks')} onDone={toQuestions} />
      <div data-questions>
        <ReadThrough part={partIn(form, 'answers')} />
      </div>
    </Box>
  );
}

/** The original and the text that may leave, with what might show who reported or endanger somebody; and the attachments. */
export function SanitisePart(props: Props) {
  const { view, of, title } = props;
  const item = of.kind === 'item' ? of.item : null;
  const history = sanitisedHistory(view.state, item);
  const sanitising = useSanitiseForm(props);
  return (
    <>
      <Part
        title={title}
        form={sanitising.form}
        history={history}
        say={(record) => <Sanitised {...record} />}
        optional
        wanted={item === null && history.length === 0}
        action="Sanitise"
        again="Sanitise again"
      >
        <Alert severity="info" variant="outlined">
          {exposureCaution}
        </Alert>
        <SanitiseFields {...sanitising} />
      </Part>
      {item === null && <AttachmentCopies view={view} />}
    </>
  );
}
