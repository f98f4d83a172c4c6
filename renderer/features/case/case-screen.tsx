import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { offerActions } from '#renderer/state/action-store.ts';
import { type CaseView, readIntoCase, useCase } from '#renderer/state/case-store.ts';
import { releaseCase, takeCase } from '#renderer/state/recording-store.ts';
import { goBack, goTo, openNeighbour, useScreen } from '#renderer/state/screen-store.ts';
import { useSession, whyNotRelease, whyNotTake } from '#renderer/state/session-store.ts';
import { useStep } from '#renderer/state/step-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { ScreenMessage } from '#renderer/ui/screen-message.tsx';
import { say } from '#renderer/words/say.ts';
import { ActivitySection } from './activity-section.tsx';
import { CaseColumns } from './case-columns.tsx';
import { CaseHeader } from './case-header.tsx';
import { Joining } from './join-offer.tsx';
import { KnownSection } from './known-section.tsx';
import { PeopleAtRisk } from './people-at-risk.tsx';
import { ReferralSection } from './referral-section.tsx';

/** What the keys do while a case is on screen; the decision adds its own. */
function useCaseActions(): void {
  const row = useCase((state) => state.view?.summary ?? null);
  const member = useSession((state) => state.session?.member);
  useLayoutEffect(
    () =>
      offerActions({
        back: { run: () => void goBack() },
        nextCase: { run: () => void openNeighbour('next') },
        previousCase: { run: () => void openNeighbour('previous') },
      }),
    [],
  );
  const policy = usePolicy();
  useLayoutEffect(() => {
    if (!row || !member) return;
    return offerActions({
      take: { run: () => void takeCase(row.id, row.reference), blocked: whyNotTake(row, member, policy) },
      release: { run: () => void releaseCase(row.id, row.reference), blocked: whyNotRelease(row, member, policy) },
    });
  }, [row, member, policy]);
}

function CouldNotOpen({ trouble }: { readonly trouble: string }) {
  const id = useCase((state) => state.id);
  return (
    <ScreenMessage
      alert
      title="This case cannot be opened"
      action={
        <Box sx={{ display: 'flex', gap: 1 }}>
          {id && (
            <Button variant="outlined" onClick={() => void readIntoCase(id)}>
              Try again
            </Button>
          )}
          <Button onClick={() => void goTo('queue')}>Back to the queue</Button>
        </Box>
      }
    >
      {trouble} The other cases are not affected.
    </ScreenMessage>
  );
}

interface Props {
  /* What the composition root puts in: features know nothing of each other. */
  readonly narrative: (view: CaseView) => ReactNode;
  readonly assessment: ReactNode;
  readonly clocks: (view: CaseView) => ReactNode;
  readonly matches: (view: CaseView) => ReactNode;
}

/** One case: the referral, its assessment, and what is known. */
export function CaseScreen({ narrative, assessment, clocks, matches }: Props) {
  useCaseActions();
  const view = useCase((state) => state.view);
  const trouble = useCase((state) => state.trouble);
  const arrival = useScreen((state) => state.arrival);
  const heading = useRef<HTMLHeadingElement>(null);
  const isOpen = view !== null;
  useEffect(() => {
    // Once the case is there: its reference is read out, and single keys work at once. Or a form of it was gone to.
    const isElsewhere = useStep.getState().arrival > 0 && document.activeElement !== document.body;
    if (arrival && isOpen && !isElsewhere) heading.current?.focus();
  }, [arrival, isOpen]);
  if (trouble) return <CouldNotOpen trouble={trouble} />;
  if (!view) return <ScreenMessage busy title="Opening the case" />;
  return (
    <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
      <CaseHeader view={view} headingRef={heading} />
      <Joining view={view} />
      {view.notWhole.map((reason) => (
        <Alert key={reason.code} severity="warning" variant="outlined" sx={{ m: 1 }}>
          {say(reason)}
        </Alert>
      ))}
      {view.notRead && (
        <Alert severity="info" variant="outlined" sx={{ m: 1 }}>
          {say(view.notRead)}
        </Alert>
      )}
      <CaseColumns
        key={view.state.id}
        referral={
          <>
            <PeopleAtRisk view={view} />
            {narrative(view)}
            <ReferralSection view={view} />
          </>
        }
        assessment={assessment}
        known={
          <>
            {clocks(view)}
            <KnownSection view={view} />
            {matches(view)}
          </>
        }
        activity={<ActivitySection view={view} />}
      />
    </Box>
  );
}
