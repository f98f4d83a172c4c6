import Box from '@mui/material/Box';
import type { CaseView } from '#renderer/state/case-store.ts';
import type { Option } from '#renderer/ui/choice-in.tsx';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { sayPriority } from '#renderer/words/assessment.ts';
import { priorityTones } from '#renderer/words/tones.ts';
import { selectAssessedPriority } from '#shared/domain/priority/assessed-priority.ts';
import { type Priority, priorities } from '#shared/domain/priority/priorities.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { ReasonsIn } from '../form/text-fields.tsx';
import { useForm } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { Part, type PartProps } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';

/** `computed`: an override is lifted. */
type Chosen = Priority | 'computed';
interface PriorityForm {
  readonly priority: Chosen | '';
  readonly why: string;
}
const shape: PriorityForm = { priority: '', why: '' };

const priorityOptions: readonly Option<Chosen>[] = optionsOf(priorities);
const lift: Option<Chosen> = { value: 'computed', label: 'As the answers give it' };

function Explained({ view }: { readonly view: CaseView }) {
  const explained = selectAssessedPriority(view.state, view.state.referral.report);
  const { priority } = view.summary;
  return (
    <Box sx={{ mb: 1 }}>
      <ToneLabel tone={priorityTones[priority]} strong>
        {priorities[priority].label}
      </ToneLabel>
      <Box sx={{ mt: 0.25 }}>
        {explained
          ? visibleText(sayPriority(explained))
          : `As what was received calls for: ${priorities[priority].when.toLowerCase()}. The assessment of risk and harm replaces it.`}
      </Box>
    </Box>
  );
}

/** The priority, why it is what it is, and a person's reasons for another. */
export function PriorityPart({ view }: PartProps) {
  const { overrides } = view.state;
  const isSet = view.summary.assessed?.isOverridden ?? false;
  const form = useForm<PriorityForm>({
    step: 'harm',
    part: 'priority',
    shape,
    initial: shape,
    toCommand: ({ priority, why }) => ({
      type: 'priority.overridden',
      case: view.state.id,
      data: { priority: priority === 'computed' ? null : priority, why },
    }),
    done: 'Priority recorded. Saved here.',
  });
  const { field } = form;
  return (
    <Part
      title="Priority"
      form={form}
      history={overrides}
      say={({ priority, why }) => (
        <>
          <b>{priority ? `Set to ${priorities[priority].label}` : 'As the answers give it'}</b>
          <Said>{why}</Said>
        </>
      )}
      optional
      action="Set another priority"
      again="Set again"
      lead={<Explained view={view} />}
    >
      <SelectIn
        label="Priority"
        options={isSet ? [...priorityOptions, lift] : priorityOptions}
        width={260}
        {...field('priority')}
      />
      <ReasonsIn {...field('why')} />
    </Part>
  );
}
