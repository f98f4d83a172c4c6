import Alert from '@mui/material/Alert';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { recordOfUnit } from '#renderer/state/unit-store.ts';
import { ChecksIn } from '#renderer/ui/checks-in.tsx';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { say } from '#renderer/words/say.ts';
import { type SettingId, settings } from '#renderer/words/unit-policy.ts';
import { periods } from '#shared/domain/policy/periods.ts';
import { type Policy, roleIds, roles } from '#shared/domain/policy/policy.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { changesOf, type Draft, draftOf, kindOf } from './setting-value.ts';

const options = settings.map(({ id, label }) => ({ value: id, label }));
const roleOptions = roleIds.map((id) => ({ value: id, label: roles[id].label }));

interface ValueProps {
  readonly id: SettingId;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly problem: string | null;
}

/** The field in which the chosen setting is changed. */
function ValueIn({ id, draft, onChange, problem }: ValueProps) {
  const kind = kindOf(id);
  if (kind.kind === 'roles') {
    return (
      <ChecksIn
        label="Who may"
        options={roleOptions}
        value={draft.roles}
        onChange={(chosen) => onChange({ ...draft, roles: chosen })}
        problem={problem}
      />
    );
  }
  if (kind.kind === 'period') {
    const { unit, least, most } = periods[kind.period];
    return (
      <TextIn
        label={`New value in ${unit}`}
        value={draft.number}
        onChange={(number) => onChange({ ...draft, number })}
        problem={problem}
        help={`${least} to ${most} ${unit}.${least === 0 ? ' 0 is the same day.' : ''}`}
      />
    );
  }
  return (
    <TextIn
      label="Words, one entry a line"
      value={draft.lines}
      onChange={(lines) => onChange({ ...draft, lines })}
      problem={problem}
      help="Found as they are written, whatever their case and spacing. No patterns."
      lines={5}
    />
  );
}

/** One setting at a time, with the reason. */
function useChange(policy: Policy) {
  const [id, choose] = useState<SettingId | ''>('');
  const [draft, setDraft] = useState<Draft | null>(null);
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const setId = (chosen: SettingId | '') => {
    choose(chosen);
    setDraft(chosen ? draftOf(chosen, policy) : null);
    setRefusal(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !id || !draft) return;
    setBusy(true);
    const changes = changesOf(id, draft, policy);
    const done = 'Policy changed. Saved here; it counts from its place in the log.';
    const refused = await recordOfUnit({ type: 'policy.changed', data: { changes, why } }, done);
    setBusy(false);
    setRefusal(refused);
    if (refused) return;
    // What was changed meanwhile is the next change.
    setDraft((now) => (now === draft ? null : now));
    choose((now) => (now === id ? '' : now));
    setWhy((now) => (now === why ? '' : now));
  };
  return { id, setId, draft, setDraft, why, setWhy, busy, refusal, submit };
}

/** Changes one setting. The vault asks the rules, and every replica does again. */
export function ChangeForm({ policy }: { readonly policy: Policy }) {
  const { id, setId, draft, setDraft, why, setWhy, busy, refusal, submit } = useChange(policy);
  const at = (field: string): string | null => (refusal?.field?.startsWith(field) ? say(refusal) : null);
  const [ofWhy, ofValue] = [at('why'), at('changes')];
  return (
    <Paper
      component="form"
      variant="outlined"
      noValidate
      aria-labelledby="change-policy"
      onSubmit={(event) => void submit(event)}
      sx={{ p: 2, display: 'grid', gap: 1.5, position: 'sticky', top: 0 }}
    >
      <Typography id="change-policy" variant="h2" sx={{ fontSize: 15 }}>
        Change a setting
      </Typography>
      {refusal && !ofWhy && !ofValue && (
        <Alert severity="error" variant="outlined">
          {say(refusal)}
        </Alert>
      )}
      <SelectIn label="Setting" options={options} value={id} onChange={setId} />
      {id && draft && <ValueIn id={id} draft={draft} onChange={setDraft} problem={ofValue} />}
      <TextIn
        label="Why"
        value={why}
        onChange={setWhy}
        problem={ofWhy}
        help="All members read it."
        lines={3}
        most={2000}
      />
      <div>
        <ReasonedButton
          type="submit"
          variant="contained"
          blocked={busy ? 'Saving.' : id ? null : 'Choose what to change first.'}
        >
          Change the policy
        </ReasonedButton>
      </div>
    </Paper>
  );
}
