import Box from '@mui/material/Box';
import type { CaseView } from '#renderer/state/case-store.ts';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { stands } from '#shared/domain/event/revocable.ts';
import { type ReferenceKindId, referenceKindIds, referenceKinds } from '#shared/domain/references/reference-kinds.ts';
import type { OutsideReference } from '#shared/domain/references/reference-recorded.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { useForm } from '../form/use-form.ts';
import { ReasonForm } from '../record/reason-form.tsx';

const kinds = referenceKindIds.map((value) => ({ value, label: referenceKinds[value].label }));

interface ReferenceForm {
  readonly kind: ReferenceKindId | '';
  readonly text: string;
}
const shape: ReferenceForm = { kind: '', text: '' };

/** The focus stays: many have several. */
const stay = () => undefined;

function AddReference({ view }: { readonly view: CaseView }) {
  const form = useForm<ReferenceForm>({
    ...{ step: null, part: 'reference', title: 'Reference of another system', shape, initial: shape, after: stay },
    toCommand: (data) => ({ type: 'reference.recorded', case: view.state.id, data }),
    done: 'Reference recorded. Saved here.',
  });
  const { value, field, problem } = form;
  const example = value.kind && referenceKinds[value.kind].example;
  return (
    <Box
      component="form"
      aria-label="Add a reference"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.record();
      }}
      sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr auto', gap: 1, alignItems: 'start', mt: 1 }}
    >
      <SelectIn label="Kind" options={kinds} {...field('kind')} />
      <TextIn
        label="Reference"
        {...field('text')}
        most={80}
        help={example && `As ${example}.`}
        problem={problem('text') ?? form.refusal}
      />
      <ReasonedButton type="submit" variant="outlined" blocked={form.saving ? 'Saving.' : form.blocked}>
        Add
      </ReasonedButton>
    </Box>
  );
}

function Reference({ view, reference }: { readonly view: CaseView; readonly reference: OutsideReference }) {
  const { kind, text, entry } = reference;
  const withdrawal = {
    id: `withdraw.${entry}`,
    label: 'Withdraw',
    name: `Withdraw ${referenceKinds[kind].label} ${text}`,
    toCommand: (why: string) =>
      ({ type: 'reference.withdrawn', case: view.state.id, data: { reference: entry, why } }) as const,
    done: `${text} is withdrawn. Saved here.`,
  };
  return (
    <Box
      component="li"
      // The reason has a line of its own.
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1,
        alignItems: 'center',
        '& > [role=group]': { flexBasis: '100%' },
      }}
    >
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {referenceKinds[kind].label}
      </Box>
      <Box component="span" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        {visibleText(text)}
      </Box>
      <ReasonForm actions={[withdrawal]} />
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
          <Reference key={each.entry} view={view} reference={each} />
        ))}
      </Box>
      <AddReference view={view} />
    </Section>
  );
}
