import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type FormEvent, useState } from 'react';
import type { CaseView } from '#renderer/state/case-store.ts';
import { recordStep } from '#renderer/state/recording-store.ts';
import { useSession, whyNotAssess } from '#renderer/state/session-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { say } from '#renderer/words/say.ts';
import { stands } from '#shared/domain/event/revocable.ts';
import { type ReferenceKindId, referenceKindIds, referenceKinds } from '#shared/domain/references/reference-kinds.ts';
import type { OutsideReference } from '#shared/domain/references/reference-recorded.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

const kinds = referenceKindIds.map((value) => ({ value, label: referenceKinds[value].label }));

function useBlocked({ summary }: CaseView): string | null {
  const member = useSession((state) => state.session?.member);
  const policy = usePolicy();
  return member ? whyNotAssess(summary, member, policy) : 'The case is not open.';
}

function AddReference({ view }: { readonly view: CaseView }) {
  const [kind, setKind] = useState<ReferenceKindId | ''>('');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<{ readonly field: string | undefined; readonly words: string } | null>(null);
  const blocked = useBlocked(view);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (blocked) return;
    if (!kind) return setProblem({ field: 'kind', words: say({ code: 'choose-one', params: {} }) });
    const data = { kind, text };
    const refusal = await recordStep(
      { type: 'reference.recorded', case: view.state.id, data },
      `${referenceKinds[kind].label} reference recorded. Saved here.`,
    );
    setProblem(refusal && { field: refusal.field, words: say(refusal) });
    if (!refusal) setText('');
  };
  const isOf = (field: string) => problem?.field === field;
  const example = kind && referenceKinds[kind].example;
  return (
    <Box
      component="form"
      aria-label="Add a reference"
      noValidate
      onSubmit={(event) => void add(event)}
      sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr auto', gap: 1, alignItems: 'start', mt: 1 }}
    >
      <SelectIn
        label="Kind"
        options={kinds}
        value={kind}
        onChange={setKind}
        problem={isOf('kind') ? (problem?.words ?? null) : null}
      />
      <TextIn
        label="Reference"
        value={text}
        onChange={setText}
        most={80}
        help={example && `As ${example}.`}
        problem={problem && !isOf('kind') ? problem.words : null}
      />
      <ReasonedButton type="submit" variant="outlined" blocked={blocked}>
        Add
      </ReasonedButton>
    </Box>
  );
}

function Withdraw({ view, reference }: { readonly view: CaseView; readonly reference: OutsideReference }) {
  const [why, setWhy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const blocked = useBlocked(view);
  const name = `Withdraw ${referenceKinds[reference.kind].label} ${reference.text}`;
  if (why === null) {
    return (
      <ReasonedButton size="small" blocked={blocked} aria-label={name} onClick={() => setWhy('')}>
        Withdraw
      </ReasonedButton>
    );
  }
  const withdraw = async (event: FormEvent) => {
    event.preventDefault();
    const data = { reference: reference.entry, why };
    const refusal = await recordStep(
      { type: 'reference.withdrawn', case: view.state.id, data },
      `${reference.text} is withdrawn. Saved here.`,
    );
    setProblem(refusal && say(refusal));
  };
  return (
    <Box
      component="form"
      aria-label={name}
      noValidate
      onSubmit={(event) => void withdraw(event)}
      sx={{ display: 'flex', gap: 1, alignItems: 'start', flexBasis: '100%' }}
    >
      <TextIn label="Withdraw: why" value={why} onChange={setWhy} problem={problem} focused />
      <Button type="submit" variant="contained">
        Withdraw
      </Button>
      <Button color="inherit" onClick={() => setWhy(null)}>
        Not now
      </Button>
    </Box>
  );
}

/** What other systems call this case. */
export function ReferencesSection({ view }: { readonly view: CaseView }) {
  const standing = view.state.references.filter(stands);
  return (
    <Section title="References of other systems">
      {standing.length === 0 && <Box sx={{ color: 'text.secondary' }}>None recorded.</Box>}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {standing.map((each) => (
          <Box component="li" key={each.entry} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {referenceKinds[each.kind].label}
            </Box>
            <Box component="span" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
              {visibleText(each.text)}
            </Box>
            <Withdraw view={view} reference={each} />
          </Box>
        ))}
      </Box>
      <AddReference view={view} />
    </Section>
  );
}
