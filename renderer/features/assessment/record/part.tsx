import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type ReactNode, useState } from 'react';
import { flushSync } from 'react-dom';
import type { CaseView } from '#renderer/state/case-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { putOff, useStep } from '#renderer/state/step-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { Section } from '#renderer/ui/section.tsx';
import { type History, isConflict, type Recorded, selectCurrent } from '#shared/domain/event/history.ts';
import { may } from '#shared/domain/policy/policy.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import { goOn } from '../form/go-on.ts';
import { StepForm } from '../form/step-form.tsx';
import type { Recordable } from '../form/use-form.ts';
import { DraftState } from './draft-state.tsx';
import { RecordedMeanwhile, useMeanwhile } from './recorded-meanwhile.tsx';
import { Standing } from './standing.tsx';
import { firstControl, useArrival } from './use-arrival.ts';

/** What every part of a step is given. */
export interface PartProps {
  readonly view: CaseView;
}

/** Of what the law asks for once a test is met. */
export interface FollowingProps extends PartProps {
  readonly follows: boolean;
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
  /** It follows from what is recorded: open at once, with the others that do, until it is recorded or put off. */
  readonly follows?: boolean;
  /** The step asks for it next, though it is closed; without this, whatever is open and not recorded yet. */
  readonly wanted?: boolean;
  /** What the button does instead of opening the form. */
  readonly onAction?: () => void;
  /** It has the name of its step, whose heading stands above it. */
  readonly untitled?: boolean;
  /** Takes the focus when its step is gone to. */
  readonly first?: boolean;
  /** Above the form, and always there. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** Whoever may only read gets no form that would refuse them at its end. */
function useMayAssess(): boolean {
  const role = useSession((state) => state.session?.member.role);
  const policy = usePolicy();
  return role !== undefined && may(role, 'assess', policy);
}

/** Which records are read in full: those that stand when the member comes to the part, and what they open themselves. */
function useUnfolded(current: History<unknown>, arrived: number) {
  const [unfolded, setUnfolded] = useState<readonly EntryId[]>([]);
  const [seen, setSeen] = useState(0);
  if (seen !== arrived) {
    setSeen(arrived);
    setUnfolded(current.map(({ entry }) => entry));
  }
  const toggle = (entry: EntryId) =>
    setUnfolded((before) => (before.includes(entry) ? before.filter((each) => each !== entry) : [...before, entry]));
  return { unfolded, toggle };
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
  const { optional = false, follows = false, first = false, many = false, current = selectCurrent(history) } = props;
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
  const isPutOff = useStep((state) => state.putOff.includes(form.key));
  const isNext = follows && !isPutOff;
  const wanted = !form.saving && (isNext || (props.wanted ?? !(recorded || quiet)));
  // What is made elsewhere has no form here until there is something in it.
  const mayRecord = useMayAssess();
  const shown = mayRecord && !props.onAction && (opened || form.hasDraft || isNext || !quiet);
  const { frame, arrived } = useArrival(form.key, first, setOpened);
  const { unfolded, toggle } = useUnfolded(current, arrived);
  const reopen = () => {
    flushSync(() => setOpened(true));
    firstControl(frame.current)?.focus();
  };
  const leave = () => {
    if (!isNext) return setOpened(false);
    flushSync(() => {
      setOpened(false);
      putOff(form.key);
    });
    goOn(form.key);
  };
  return (
    <Box
      ref={frame}
      tabIndex={-1}
      data-part={form.key}
      data-wanted={wanted}
      sx={{
        ...{ outline: 'none', '& + &': { mt: 2.5 } },
        // It folds once it is recorded: what the member went on to stays in its place on the screen.
        '&:not(:focus-within)': { overflowAnchor: 'none' },
      }}
    >
      <Section level="part" title={title} untitled={props.untitled ?? false} aside={<DraftState of={form.key} />}>
        {props.lead}
        <Standing
          {...{ history, say, current, many }}
          label={title}
          // What somebody is about to replace is read beside the form.
          unfolded={shown ? 'all' : unfolded}
          onToggle={toggle}
        />
        {shown ? (
          <StepForm
            {...{ form, action, label: title, onPutAway: quiet ? leave : undefined }}
            {...(isNext && { putAway: 'Not now' })}
          >
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
