import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useRef } from 'react';
import { runAction } from '#renderer/state/action-store.ts';
import { useCase } from '#renderer/state/case-store.ts';
import { editDraft, useDraft } from '#renderer/state/draft-store.ts';
import { type ActionId, ariaKeysOf, hintOf } from '#renderer/state/shortcut-list.ts';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { longestRationale } from '#shared/domain/case/decisions.ts';
import { DecisionsInForce } from './decisions-in-force.tsx';
import { DraftState } from './draft-state.tsx';
import { KindChoice } from './kind-choice.tsx';
import { useDecision } from './use-decision.ts';

interface RecordButtonProps {
  readonly id: ActionId;
  readonly main?: boolean;
  readonly blocked: string | null;
  readonly children: string;
}

function RecordButton({ id, main = false, blocked, children }: RecordButtonProps) {
  return (
    <ReasonedButton
      variant={main ? 'contained' : 'outlined'}
      blocked={blocked}
      keys={hintOf(id)}
      aria-keyshortcuts={ariaKeysOf(id)}
      onClick={() => runAction(id)}
    >
      {children}
    </ReasonedButton>
  );
}

/** A decision being written, and those that stand. */
export function DecisionForm() {
  const view = useCase((state) => state.view);
  const saving = useCase((state) => state.busy === 'recordDecision');
  const kind = useDraft((state) => state.kind);
  const rationale = useDraft((state) => state.rationale);
  const loading = useDraft((state) => state.phase === 'loading');
  const first = useRef<HTMLInputElement>(null);
  const blocked = useDecision(first);
  if (!view) return null;
  const still = loading || saving;
  return (
    <>
      <DecisionsInForce view={view} />
      <Section title={view.state.current.length > 0 ? 'Decide again' : 'Decision'} aside={<DraftState />}>
        <Box component="form" aria-label="Decision" onSubmit={(event) => event.preventDefault()}>
          <KindChoice
            kind={kind}
            onChoose={(chosen) => editDraft({ kind: chosen })}
            disabled={still}
            firstRef={first}
          />
          <TextField
            label="Reasons"
            multiline
            minRows={6}
            maxRows={18}
            value={rationale}
            onChange={(event) => editDraft({ rationale: event.target.value })}
            disabled={still}
            helperText="What you relied on, what you ruled out, and why. Signed with your name; superseded, never edited."
            slotProps={{ htmlInput: { maxLength: longestRationale, spellCheck: false } }}
            sx={{ mt: 1.5, maxWidth: '75ch' }}
          />
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mt: 1.5, flexWrap: 'wrap' }}>
            <RecordButton id="record" main blocked={blocked}>
              Record decision
            </RecordButton>
            <RecordButton id="saveNext" blocked={blocked}>
              Save and next
            </RecordButton>
          </Box>
          <Box sx={{ mt: 0.75, minHeight: 18, color: 'text.secondary', fontSize: 12 }}>{blocked}</Box>
        </Box>
      </Section>
    </>
  );
}
