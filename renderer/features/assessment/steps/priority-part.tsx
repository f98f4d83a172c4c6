import Box from '@mui/material/Box';
import type { Tone } from '#renderer/ui/palette.ts';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { ToneMark } from '#renderer/ui/tone-mark.tsx';
import { visibleText } from '#renderer/ui/visible-text.ts';
import { assessmentOf } from '#shared/domain/assessment/assessment-of.ts';
import { explainPriority, selectAssessedPriority } from '#shared/domain/assessment/priority.ts';
import { type Priority, priorities } from '#shared/domain/case/priority.ts';
import type { CaseView } from '../case-view.ts';
import { useForm } from '../form/use-form.ts';
import { Part } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';

const tones: Readonly<Record<Priority, Tone>> = { immediate: 'red', high: 'amber', raised: 'plain', standard: 'plain' };
/** `computed`: an override is lifted. */
type Chosen = Priority | 'computed';
interface PriorityForm {
  readonly priority: Chosen | '';
  readonly why: string;
}
const shape: PriorityForm = { priority: '', why: '' };

const priorityOptions = (Object.keys(priorities) as Priority[]).map((value) => ({
  value: value as Chosen,
  label: priorities[value].label,
}));
const lift = { value: 'computed' as Chosen, label: 'As the answers give it' };

function Explained({ view }: { readonly view: CaseView }) {
  const explained = selectAssessedPriority(assessmentOf(view.state), view.state.referral.report);
  const { priority } = view.summary;
  return (
    <Box sx={{ mb: 1 }}>
      <ToneMark tone={tones[priority]} strong>
        {priorities[priority].label}
      </ToneMark>
      <Box sx={{ mt: 0.25 }}>
        {explained
          ? visibleText(explainPriority(explained))
          : `As the contact centre’s record calls for: ${priorities[priority].when.toLowerCase()}. The assessment of risk and harm replaces it.`}
      </Box>
    </Box>
  );
}

interface Props {
  readonly view: CaseView;
  readonly after: () => void;
}

/** The priority, why it is what it is, and a person's reasons for another. */
export function PriorityPart({ view, after }: Props) {
  const { overrides } = assessmentOf(view.state);
  const isSet = view.summary.assessed?.isOverridden ?? false;
  const form = useForm<PriorityForm>({
    step: 'harm',
    part: 'priority',
    shape,
    initial: shape,
    toCommand: ({ priority, why }) => ({
      type: 'overridePriority',
      case: view.state.id,
      data: { priority: priority === 'computed' ? null : (priority as Priority), why },
    }),
    done: 'Priority recorded. Saved here.',
    after,
  });
  const { value, change, problem, still } = form;
  return (
    <Part
      title="Priority"
      form={form}
      history={overrides}
      say={({ priority, why }) => (
        <>
          <b>{priority ? `Set to ${priorities[priority].label}` : 'As the answers give it'}</b>
          <Said>{visibleText(why)}</Said>
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
        value={value.priority}
        onChange={(priority) => change({ priority })}
        problem={problem('priority')}
        width={260}
        disabled={still}
      />
      <TextIn
        label="Reasons"
        lines={2}
        value={value.why}
        onChange={(why) => change({ why })}
        problem={problem('why')}
        disabled={still}
      />
    </Part>
  );
}
