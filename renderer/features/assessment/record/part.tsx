import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { CaseView } from '#renderer/state/case-store.ts';
import { type Draft, useDrafts } from '#renderer/state/draft-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { useStep } from '#renderer/state/step-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { Section } from '#renderer/ui/section.tsx';
import { timeOfDay } from '#renderer/ui/time.ts';
import { type History, isConflict, type Recorded, selectCurrent } from '#shared/domain/event/history.ts';
import { may } from '#shared/domain/policy/policy.ts';
import { StepForm } from '../form/step-form.tsx';
import type { Recordable } from '../form/use-form.ts';
import { RecordedMeanwhile, useMeanwhile } from './recorded-meanwhile.tsx';
import { Standing } from './standing.tsx';

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
function DraftState({ of: key }: { readonly of: string }) {
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

/** What every part of a step is given. */
export interface PartProps {
  readonly view: CaseView;
}

interface Props<Data> {
  readonly title: string;
  readonly form: Recordable;
  /** What was recorded by it, and how each is put in words. None: it stands elsewhere. */
  readonly history?: History<Data>;
  readonly say?: (record: Recorded<Data>) => ReactNode;
  /** Stands beside what may replace it. */
  readonly current?: History<Data>;
  readonly many?: boolean;
  /** On the button that records, and on the one that opens the form again. */
  readonly action: string;
  readonly again?: string;
  /** Closed until asked for, even when nothing is recorded: what few referrals need. */
  readonly optional?: boolean;
  /** The step asks for it next, though it is closed; without this, whatever is open and not recorded yet. */
  readonly wanted?: boolean;
  /** What the button does instead of opening the form. */
  readonly onAction?: () => void;
  /** Takes the focus when its step is gone to. */
  readonly first?: boolean;
  /** Above the form, and always there. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

const controls = 'input, textarea, select';

/** The first control of a form; of radio buttons the chosen one, so that an arrow does not choose unasked. */
function firstControl(frame: HTMLElement | null): HTMLElement | null {
  const first = frame?.querySelector<HTMLInputElement>(`form :is(${controls})`) ?? null;
  const chosen = first?.type === 'radio' && first.closest('fieldset')?.querySelector<HTMLElement>('input:checked');
  return chosen || first;
}

/**
 * Focus follows the member: into the form, or to what stands where there is nothing to fill in. It moves in the task of
 * the key that asked for the step, never later: the next key may have sent the member elsewhere by then.
 */
function useArrival(key: string, first: boolean, setOpened: (opened: boolean) => void) {
  const frame = useRef<HTMLDivElement>(null);
  const arrival = useStep((state) => state.arrival);
  const wanted = useStep((state) => (state.form === null ? first : state.form === key));
  const named = useStep((state) => state.form === key);
  const [arrived, setArrived] = useState(0);
  useLayoutEffect(() => {
    if (arrival === 0 || !wanted) return;
    if (named) setOpened(true);
    setArrived(arrival);
  }, [arrival, wanted, named, setOpened]);
  // Once the form that was opened is there.
  useLayoutEffect(() => {
    if (arrived === 0) return;
    const control = firstControl(frame.current);
    (control ?? frame.current?.querySelector<HTMLElement>('article, button') ?? frame.current)?.focus();
  }, [arrived]);
  return frame;
}

/** Whoever may only read gets no form that would refuse them at its end. */
function useMayAssess(): boolean {
  const role = useSession((state) => state.session?.member.role);
  const policy = usePolicy();
  return role !== undefined && may(role, 'assess', policy);
}

interface ClosedProps {
  readonly title: string;
  readonly recorded: boolean;
  readonly action: string;
  readonly onOpen: () => void;
}

/** Without its form: what opens it, for whoever may record in it. */
function ClosedPart({ title, recorded, action, onOpen }: ClosedProps) {
  const mayRecord = useMayAssess();
  if (!mayRecord) return recorded ? null : <Box sx={{ color: 'text.secondary' }}>Nothing is recorded yet.</Box>;
  return (
    <Button variant="outlined" onClick={onOpen} sx={{ mt: 1 }} aria-label={`${action}: ${title}`}>
      {action}
    </Button>
  );
}

/** A part of a step: what is recorded of it, its history, and the form that records or supersedes it. */
export function Part<Data>(props: Props<Data>) {
  const { title, history = [], say = () => null, action, again = 'Record again' } = props;
  const { optional = false, first = false, many = false, current = selectCurrent(history) } = props;
  const { form, meanwhile } = useMeanwhile(props.form, current);
  const [opened, setOpened] = useState(false);
  // Recorded: the form is put away, and what stands takes its place.
  const [records, setRecords] = useState(history.length);
  if (records !== history.length) {
    setRecords(history.length);
    setOpened(false);
  }
  const recorded = history.length > 0;
  const quiet = optional || (recorded && !isConflict(props.current ?? history));
  const wanted = !form.saving && (props.wanted ?? !(recorded || quiet));
  // What is made elsewhere has no form here until there is something in it.
  const mayRecord = useMayAssess();
  const shown = mayRecord && !props.onAction && (opened || form.hasDraft || !quiet);
  const frame = useArrival(form.key, first, setOpened);
  const reopen = () => {
    flushSync(() => setOpened(true));
    firstControl(frame.current)?.focus();
  };
  return (
    <Box
      ref={frame}
      tabIndex={-1}
      data-part={form.key}
      data-wanted={wanted}
      sx={{ outline: 'none', '& + &': { mt: 2.5 } }}
    >
      <Section title={title} aside={<DraftState of={form.key} />}>
        {props.lead}
        <Standing label={title} history={history} say={say} current={current} many={many} />
        {shown ? (
          <StepForm form={form} label={title} action={action} onPutAway={quiet ? () => setOpened(false) : undefined}>
            {props.children}
            <RecordedMeanwhile records={meanwhile} say={say} many={many} />
          </StepForm>
        ) : (
          <ClosedPart
            title={title}
            recorded={recorded}
            action={recorded ? again : action}
            onOpen={props.onAction ?? reopen}
          />
        )}
      </Section>
    </Box>
  );
}
