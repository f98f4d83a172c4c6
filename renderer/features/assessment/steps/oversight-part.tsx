import Alert from '@mui/material/Alert';
import { fromLondonInput, toLondonInput } from '#renderer/ui/london-input.ts';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { When } from '#renderer/ui/when.tsx';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import { standingWords } from '#renderer/words/unit-policy.ts';
import { selectLatest } from '#shared/domain/event/history.ts';
import { jurisdictions, type OtherJurisdiction } from '#shared/domain/jurisdiction/jurisdictions.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { ReasonsIn } from '../form/text-fields.tsx';
import { orNull } from '../form/to-shape.ts';
import { useForm } from '../form/use-form.ts';
import { Part, type PartProps } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';

interface OversightForm {
  readonly reference: string;
  readonly sentAt: string;
  readonly why: string;
}
const shape: OversightForm = { reference: '', sentAt: '', why: '' };

function OversightSaid({
  said: { jurisdiction, reference, sentAt, why },
}: {
  readonly said: DataOf<'oversight.recorded'>;
}) {
  const { label, body } = jurisdictions[jurisdiction];
  return (
    <>
      <b>{`${label}: ${sentAt ? `referred to ${body}` : `not referred to ${body}`}`}</b>
      {sentAt && (
        <>
          , <When at={sentAt} full />
        </>
      )}
      {sentAt && (reference ? `, reference ${visibleText(reference)}` : ', no reference yet')}
      <Said>{why}</Said>
    </>
  );
}

/** Of a force that another law applies to: what that law asks is decided outside Probity, and recorded here. */
export function OversightPart({ view, jurisdiction }: PartProps & { readonly jurisdiction: OtherJurisdiction }) {
  const { oversight } = view.state;
  const latest = selectLatest(oversight);
  const { label, body, means, source, standing } = jurisdictions[jurisdiction];
  const form = useForm<OversightForm>({
    step: 'mandatory',
    part: 'oversight',
    shape,
    initial: {
      reference: latest?.reference ?? '',
      sentAt: latest?.sentAt ? toLondonInput(Date.parse(latest.sentAt)) : '',
      why: '',
    },
    toCommand: ({ reference, sentAt, why }) => ({
      type: 'oversight.recorded',
      case: view.state.id,
      data: { jurisdiction, reference: orNull(reference), sentAt: orNull(fromLondonInput(sentAt)), why },
    }),
    done: 'What was decided under that law is recorded. Saved here.',
  });
  const { field } = form;
  return (
    <Part
      first
      title={`Referral under the law of this force: ${label}`}
      form={form}
      history={oversight}
      say={(said) => <OversightSaid said={said} />}
      action="Record what was decided"
      lead={
        <Alert severity="warning" variant="outlined" sx={{ mb: 1 }}>
          {`The duty to refer to the IOPC is the law of England and Wales. This force is not under it. ${means} Probity has neither its test nor its clock: decide by that law, and record the reference of ${body}. ${source} (${standingWords[standing].toLowerCase()}).`}
        </Alert>
      }
    >
      <WhenIn kind="instant" label="Referred" help="Empty: not referred, or not yet." {...field('sentAt')} />
      <TextIn label="The body’s own reference" {...field('reference')} />
      <ReasonsIn lines={3} {...field('why')} />
    </Part>
  );
}
