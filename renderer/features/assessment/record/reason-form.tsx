import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type KeyboardEvent, useState } from 'react';
import { useDrafts } from '#renderer/state/draft-store.ts';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { useBlocked, useCaseAhead, useForm } from '../form/use-form.ts';

export interface ReasonedAction {
  /** Of this action on this thing: its draft is kept under it. */
  readonly id: string;
  readonly label: string;
  /** What a screen reader hears: it names what it is done to. */
  readonly name: string;
  readonly toCommand: (why: string) => CaseCommand;
  readonly done: string;
}

const shape = { why: '' };
const keyOf = ({ id }: ReasonedAction): string => `reason.${id}`;
/** The focus stays: whoever recorded it goes where they like. */
const stay = () => undefined;

interface FieldsProps {
  readonly action: ReasonedAction;
  /** Somebody just asked for it. */
  readonly focused: boolean;
  readonly close: () => void;
}

function ReasonFields({ action, focused, close }: FieldsProps) {
  const { label, name, done } = action;
  const form = useForm<typeof shape>({
    ...{ step: null, part: keyOf(action), title: name, shape, initial: shape, done, after: stay },
    toCommand: ({ why }) => action.toCommand(why),
  });
  const record = async () => {
    if (await form.record()) close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    void record();
  };
  const putAway = () => {
    close();
    form.discard();
  };
  return (
    <Box role="group" aria-label={name} onKeyDown={onKeyDown} sx={{ display: 'grid', gap: 0.75, my: 0.75 }}>
      <TextIn
        label={`${label}: why`}
        {...form.field('why')}
        problem={form.refusalOfField ?? form.refusal ?? null}
        focused={focused}
      />
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button variant="contained" onClick={() => void record()}>
          {label}
        </Button>
        <Button color="inherit" onClick={putAway}>
          Not now
        </Button>
      </Box>
    </Box>
  );
}

/** Actions that each need a reason: a button, then why, in one line. What is typed is a draft of the case. */
export function ReasonForm({ actions }: { readonly actions: readonly ReasonedAction[] }) {
  const [opened, setOpened] = useState<string | null>(null);
  const drafts = useDrafts((state) => state.drafts);
  const blocked = useBlocked(useCaseAhead());
  const chosen = actions.find(({ id }) => id === opened) ?? actions.find((action) => drafts[keyOf(action)]);
  if (chosen) {
    const close = () => setOpened(null);
    return <ReasonFields key={chosen.id} action={chosen} focused={opened !== null} close={close} />;
  }
  return (
    <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', ml: -1 }}>
      {actions.map(({ id, label, name }) => (
        <ReasonedButton key={id} blocked={blocked} aria-label={name} onClick={() => setOpened(id)}>
          {label}
        </ReasonedButton>
      ))}
    </Box>
  );
}
