import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type KeyboardEvent, useState } from 'react';
import { useCase } from '#renderer/state/case-store.ts';
import { recordStep } from '#renderer/state/recording-store.ts';
import { useSession, whyNotAssess } from '#renderer/state/session-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { say } from '#renderer/words/say.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { checkCommand } from '../form/check-command.ts';

export interface ReasonedAction {
  readonly label: string;
  /** What a screen reader hears: it names the referral. */
  readonly name: string;
  readonly toCommand: (why: string) => CaseCommand;
  readonly done: string;
}

/** Actions that each need a reason: a button, then why, in one line. */
export function ReasonForm({ actions }: { readonly actions: readonly ReasonedAction[] }) {
  const [chosen, setChosen] = useState<ReasonedAction | null>(null);
  const [why, setWhy] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const state = useCase((store) => store.view?.state);
  const row = useCase((store) => store.view?.summary);
  const member = useSession((store) => store.session?.member);
  const policy = usePolicy();
  const blocked = row && member ? whyNotAssess(row, member, policy) : 'The case is not open.';
  const close = () => {
    setChosen(null);
    setWhy('');
    setProblem(null);
  };
  const record = async () => {
    if (!(chosen && state && member) || saving) return;
    const command = chosen.toCommand(why);
    const [found] = checkCommand(state, command, member).refusals;
    setSaving(true);
    const refusal = found ?? (await recordStep(command, chosen.done));
    setSaving(false);
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
            onClick={() => setChosen(action)}
          >
            {action.label}
          </ReasonedButton>
        ))}
      </Box>
    );
  }
  return (
    <Box role="group" aria-label={chosen.name} onKeyDown={onKeyDown} sx={{ display: 'grid', gap: 0.75, my: 0.75 }}>
      <TextIn label={`${chosen.label}: why`} value={why} onChange={setWhy} problem={problem} focused still={saving} />
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button variant="contained" onClick={() => void record()}>
          {chosen.label}
        </Button>
        <Button color="inherit" onClick={close}>
          Not now
        </Button>
      </Box>
    </Box>
  );
}
