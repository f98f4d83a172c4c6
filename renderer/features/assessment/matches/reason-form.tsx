import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type KeyboardEvent, useState } from 'react';
import { discardDraft, editDraft, useDrafts } from '#renderer/state/draft-store.ts';
import { isUnderWay, recordStep, useRecording } from '#renderer/state/recording-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { say } from '#renderer/words/say.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { checkCommand } from '../form/check-command.ts';
import { toShape } from '../form/to-shape.ts';
import { useBlocked, useCaseAhead } from '../form/use-form.ts';

export interface ReasonedAction {
  readonly label: string;
  /** What a screen reader hears: it names the referral. */
  readonly name: string;
  readonly toCommand: (why: string) => CaseCommand;
  readonly done: string;
}

const keyOf = ({ name }: ReasonedAction): string => `matches.${name}`;
const shape = { why: '' };

/** Actions that each need a reason: a button, then why, in one line. What is typed is a draft of the case. */
export function ReasonForm({ actions }: { readonly actions: readonly ReasonedAction[] }) {
  const [opened, setOpened] = useState<string | null>(null);
  const drafts = useDrafts((state) => state.drafts);
  const [problem, setProblem] = useState<string | null>(null);
  const member = useSession((store) => store.session?.member);
  const ahead = useCaseAhead();
  const blocked = useBlocked(ahead);
  const chosen = actions.find((action) => keyOf(action) === opened) ?? actions.find((action) => drafts[keyOf(action)]);
  const key = chosen ? keyOf(chosen) : '';
  const draft = drafts[key];
  const { why } = toShape<typeof shape>(shape, draft?.value);
  const given = { draft: key, value: draft?.value };
  const saving = useRecording((recording) => isUnderWay(recording, ahead?.id, given));
  const close = () => {
    setOpened(null);
    setProblem(null);
  };
  const putAway = () => {
    close();
    if (draft) void discardDraft(key);
  };
  const record = async () => {
    if (!(chosen && ahead && member) || saving) return;
    const command = chosen.toCommand(why);
    const [found] = checkCommand(ahead, command, member).refusals;
    const refusal = found ?? (await recordStep(command, chosen.done, { ...given, shown: undefined }));
    if (refusal) setProblem(say(refusal));
    else close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    void record();
  };
  if (!chosen) {
    return (
      <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', ml: -1 }}>
        {actions.map((action) => (
          <ReasonedButton
            key={action.label}
            blocked={blocked}
            aria-label={action.name}
            onClick={() => setOpened(keyOf(action))}
          >
            {action.label}
          </ReasonedButton>
        ))}
      </Box>
    );
  }
  return (
    <Box role="group" aria-label={chosen.name} onKeyDown={onKeyDown} sx={{ display: 'grid', gap: 0.75, my: 0.75 }}>
      <TextIn
        label={`${chosen.label}: why`}
        value={why}
        onChange={(next) => editDraft(key, { why: next })}
        problem={problem}
        focused={opened !== null}
      />
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button variant="contained" onClick={() => void record()}>
          {chosen.label}
        </Button>
        <Button color="inherit" onClick={putAway}>
          Not now
        </Button>
      </Box>
    </Box>
  );
}
