import ArrowBack from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import type { RefObject } from 'react';
import { actionOf, runAction, useActions } from '#renderer/state/action-store.ts';
import type { CaseView } from '#renderer/state/case-store.ts';
import { useRecording } from '#renderer/state/recording-store.ts';
import { type Place, useScreen } from '#renderer/state/screen-store.ts';
import { type ActionId, ariaKeysOf, hintOf } from '#renderer/state/shortcut-list.ts';
import { ClockLabel } from '#renderer/ui/clock-label.tsx';
import { PersonName } from '#renderer/ui/person-name.tsx';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { useNow } from '#renderer/ui/use-now.ts';
import { clockNames, toneOfClock } from '#renderer/words/clocks.ts';
import { priorityTones } from '#renderer/words/tones.ts';
import { selectClocks } from '#shared/domain/case/case-clocks.ts';
import { statuses } from '#shared/domain/case/case-state.ts';
import { stands } from '#shared/domain/event/revocable.ts';
import { priorities } from '#shared/domain/priority/priorities.ts';
import { referenceKinds } from '#shared/domain/references/reference-kinds.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

/** All clocks that run, the nearest first and with its moment: a referral that is owed hides no other. */
function RunningClocks({ summary }: { readonly summary: CaseView['summary'] }) {
  const now = useNow();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, minWidth: 0 }}>
      {selectClocks(summary).map((clock, index) => (
        <ClockLabel
          key={clock.id}
          clock={{ ...clock, name: clockNames[clock.id] }}
          tone={toneOfClock(clock, now)}
          full={index === 0}
        />
      ))}
    </Box>
  );
}

function ActionButton({
  id,
  children,
  saving,
}: {
  readonly id: ActionId;
  readonly children: string;
  readonly saving: boolean;
}) {
  useActions((state) => state.offered);
  const blocked = saving ? 'Saving.' : (actionOf(id)?.blocked ?? null);
  return (
    <ReasonedButton
      variant="outlined"
      blocked={blocked}
      keys={hintOf(id)}
      aria-keyshortcuts={ariaKeysOf(id)}
      onClick={() => runAction(id)}
    >
      {children}
    </ReasonedButton>
  );
}

const screens = {
  queue: 'the queue',
  figures: 'the figures',
  members: 'the members',
  policy: 'the policy',
  log: 'the log',
} as const;

const sayBack = (place: Place | undefined): string =>
  `Back to ${place && 'case' in place ? place.reference : screens[place?.screen ?? 'queue']}`;

/** What other systems call it: of a case that was opened by hand, the referral to come too, and those that were joined. */
function References({ state: { references, joined, origin } }: Pick<CaseView, 'state'>) {
  const named = references.filter(stands).map(({ kind, text }) => `${referenceKinds[kind].label} ${text}`);
  const to = joined.map(({ reference }) => `Joined ${reference}`);
  const awaited = origin?.expects && !joined.some(({ reference }) => reference === origin.expects);
  const all = [...(awaited ? [`Expects ${origin.expects}`] : []), ...to, ...named];
  if (all.length === 0) return null;
  return (
    <Box
      component="ul"
      aria-label="References"
      // Below, so that owner and buttons stay in their place.
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 1.5,
        listStyle: 'none',
        m: 0,
        p: 0,
        pb: 0.5,
        flexBasis: '100%',
      }}
    >
      {all.map((each) => (
        <Box component="li" key={each} sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {visibleText(each)}
        </Box>
      ))}
    </Box>
  );
}

interface Props {
  readonly view: CaseView;
  readonly headingRef: RefObject<HTMLHeadingElement | null>;
}

/** Which case, how urgent, who has it, and what can be done with it. */
export function CaseHeader({ view: { state, summary }, headingRef }: Props) {
  const saving = useRecording(({ underWay }) => underWay.map(({ command }) => command.type).join());
  const from = useScreen((state) => state.from);
  const { reference, priority, status, holder, holderName } = summary;
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        flexWrap: 'wrap',
        columnGap: 2,
        px: 1.5,
        minHeight: 44,
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
        flex: 'none',
      }}
    >
      <IconButton
        aria-label={sayBack(from.at(-1))}
        title={`${sayBack(from.at(-1))} (${hintOf('back')})`}
        aria-keyshortcuts={ariaKeysOf('back')}
        onClick={() => runAction('back')}
      >
        <ArrowBack fontSize="small" />
      </IconButton>
      <Typography variant="h1" ref={headingRef} tabIndex={-1} sx={{ outline: 'none', ml: -1 }}>
        {reference}
      </Typography>
      <ToneLabel tone={priorityTones[priority]} title={priorities[priority].when}>
        {priorities[priority].label}
      </ToneLabel>
      <span>{statuses[status]}</span>
      <RunningClocks summary={summary} />
      <Box sx={{ flex: 1 }} />
      <Box sx={{ display: 'flex', gap: 0.5, minWidth: 0, whiteSpace: 'nowrap' }}>
        <span>Owner:</span>
        {holder ? <PersonName name={holderName ?? 'a member'} /> : <span>nobody</span>}
      </Box>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <ActionButton id="take" saving={saving.includes('case.taken')}>
          Take
        </ActionButton>
        <ActionButton id="release" saving={saving.includes('case.released')}>
          Release
        </ActionButton>
      </Box>
      <References state={state} />
    </Box>
  );
}
