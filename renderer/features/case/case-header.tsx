import ArrowBack from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import type { RefObject } from 'react';
import { actionOf, runAction, useActions } from '#renderer/state/action-store.ts';
import type { CaseView } from '#renderer/state/case-store.ts';
import { useRecording } from '#renderer/state/recording-store.ts';
import { type ActionId, ariaKeysOf, hintOf, labelWithKeys } from '#renderer/state/shortcut-list.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { PersonName } from '#renderer/ui/person-name.tsx';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { deadline } from '#renderer/ui/time.ts';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { useNow } from '#renderer/ui/use-now.ts';
import { clockTones, priorityTones, toneOfDecision } from '#renderer/words/tones.ts';
import { statuses } from '#shared/domain/case/case-state.ts';
import { toneOf } from '#shared/domain/iopc/iopc-clock.ts';
import { priorities } from '#shared/domain/priority/priorities.ts';

function Deadline({ dueAt }: { readonly dueAt: string | null }) {
  const now = useNow();
  if (!dueAt) return null;
  const due = Date.parse(dueAt);
  return <ToneLabel tone={toneOfDecision(due, now)}>{`First decision due ${deadline(due, now)}`}</ToneLabel>;
}

/** The law's clock, while a mandatory referral is owed. */
function IopcDeadline({ dueAt }: { readonly dueAt: string }) {
  const now = useNow();
  const { tone } = toneOf(dueAt, now, usePolicy());
  return (
    <ToneLabel tone={clockTones[tone]} strong>
      {`IOPC${tone === 'breached' ? ' breached' : ': refer by'} ${deadline(Date.parse(dueAt), now)}`}
    </ToneLabel>
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

interface Props {
  readonly view: CaseView;
  readonly headingRef: RefObject<HTMLHeadingElement | null>;
}

/** Which case, how urgent, who has it, and what can be done with it. */
export function CaseHeader({ view: { summary }, headingRef }: Props) {
  const saving = useRecording(({ underWay }) => underWay.map(({ command }) => command.type).join());
  const { reference, priority, status, dueAt, holder, holderName, assessed } = summary;
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
        aria-label="Back to the queue"
        title={labelWithKeys('back')}
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
      {assessed?.iopcDueAt ? <IopcDeadline dueAt={assessed.iopcDueAt} /> : <Deadline dueAt={dueAt} />}
      <Box sx={{ flex: 1 }} />
      {holder ? <PersonName name={holderName ?? 'A member'} after=" has it" /> : <span>Nobody has it</span>}
      <Box sx={{ display: 'flex', gap: 1 }}>
        <ActionButton id="take" saving={saving.includes('case.taken')}>
          Take
        </ActionButton>
        <ActionButton id="release" saving={saving.includes('case.released')}>
          Release
        </ActionButton>
      </Box>
    </Box>
  );
}
