import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { selectLatest } from '#shared/domain/event/history.ts';
import { type MatterType, matterTypes } from '#shared/domain/misconduct/matter-types.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { AuthorityIn, decidedBy, ReasonsIn } from '../form/text-fields.tsx';
import { orNull } from '../form/to-shape.ts';
import { useForm } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { Part, type PartProps } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';

interface MatterForm {
  readonly type: MatterType | '';
  readonly authority: string;
  readonly why: string;
}
const shape: MatterForm = { type: '', authority: '', why: '' };
const types = optionsOf(matterTypes);

function MatterSaid({ matter: { type, authority, why } }: { readonly matter: DataOf<'matter.classified'> }) {
  return (
    <>
      <b>{matterTypes[type].label}</b>
      {decidedBy(authority)}
      <Said>{why}</Said>
    </>
  );
}

/** What kind of matter it is in law (Police Reform Act 2002). */
export function MatterPart({ view }: PartProps) {
  const { matter } = view.state;
  const latest = selectLatest(matter);
  const form = useForm<MatterForm>({
    step: 'mandatory',
    part: 'matter',
    shape,
    initial: { type: latest?.type ?? '', authority: latest?.authority ?? '', why: '' },
    toCommand: ({ type, authority, why }) => ({
      type: 'matter.classified',
      case: view.state.id,
      data: { type, authority: orNull(authority), why },
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
      action="Record the type"
    >
      <ChoiceIn label="What kind of matter is it?" options={types} {...field('type')} />
      <AuthorityIn {...field('authority')} />
      <ReasonsIn {...field('why')} />
    </Part>
  );
}
