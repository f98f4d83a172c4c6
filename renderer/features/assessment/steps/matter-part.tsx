import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { selectLatest } from '#shared/domain/event/history.ts';
import { type MatterType, matterTypes } from '#shared/domain/misconduct/matter-types.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { ReasonsIn } from '../form/text-fields.tsx';
import { orNull } from '../form/to-shape.ts';
import { useForm } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { type FollowingProps, Part } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';
import { CapacityFields, type CapacityForm, SaidInCapacity, useCapacity } from './capacity-fields.tsx';

interface MatterForm extends CapacityForm {
  readonly type: MatterType | '';
  readonly why: string;
}
const shape: MatterForm = { type: '', subjectRank: '', capacity: '', authority: '', why: '' };
const types = optionsOf(matterTypes);

function MatterSaid({ matter }: { readonly matter: DataOf<'matter.classified'> }) {
  return (
    <>
      <SaidInCapacity label={matterTypes[matter.type].label} said={matter} />
      <Said>{matter.why}</Said>
    </>
  );
}

/** What kind of matter it is in law (Police Reform Act 2002). */
export function MatterPart({ view, follows }: FollowingProps) {
  const { matter } = view.state;
  const latest = selectLatest(matter);
  const form = useForm<MatterForm>({
    step: 'mandatory',
    part: 'matter',
    shape,
    initial: { ...useCapacity(latest), type: latest?.type ?? '', why: '' },
    toCommand: ({ type, subjectRank, capacity, authority, why }) => ({
      type: 'matter.classified',
      case: view.state.id,
      data: { type, subjectRank, capacity, authority: orNull(authority), why },
    }),
    done: 'Matter type recorded. Saved here.',
  });
  const { field } = form;
  return (
    <Part
      title="Matter type"
      form={form}
      history={matter}
      say={(record) => <MatterSaid matter={record} />}
      optional
      follows={follows}
      action="Record the type"
    >
      <ChoiceIn label="What kind of matter is it?" options={types} {...field('type')} />
      <CapacityFields subjectRank={field('subjectRank')} capacity={field('capacity')} authority={field('authority')} />
      <ReasonsIn {...field('why')} />
    </Part>
  );
}
