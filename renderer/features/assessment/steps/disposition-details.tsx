import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect } from 'react';
import type { CaseView } from '#renderer/state/case-store.ts';
import { loadUnits, useUnits } from '#renderer/state/units-store.ts';
import { ChecksIn } from '#renderer/ui/checks-in.tsx';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { listed } from '#renderer/ui/theme.ts';
import { stands } from '#shared/domain/event/revocable.ts';
import { selectGrade } from '#shared/domain/items/grading.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import type { Form } from '../form/use-form.ts';
import type { DispositionForm } from './disposition-form.ts';
import { ReviewOn } from './review-on.tsx';

interface Props {
  readonly view: CaseView;
  readonly form: Form<DispositionForm>;
}

/** What the list of units is, and why one is not in it, or none. */
function whatOfUnits(units: readonly { readonly founder: unknown }[] | null, listed: number): string {
  if (units === null) return 'Reading the directory.';
  const unsigned = units.some(({ founder }) => founder === null)
    ? ' Not listed is a unit whose founder the operator of the endpoint has not signed yet.'
    : '';
  return listed > 0
    ? `Sealed again to that unit, which acknowledges it or sends it back.${unsigned}`
    : `The directory names no unit of another force that it could be sent to.${unsigned}`;
}

/** Units of other forces, from the directory that the operator signs. Nothing can be sealed to one whose founder it does not name. */
function OtherForce({ view, form: { value, change, problem } }: Props) {
  const units = useUnits((state) => state.units);
  const trouble = useUnits((state) => state.trouble);
  useEffect(() => void loadUnits(), []);
  const own = view.state.referral.report.force;
  const options = (units ?? [])
    .filter(({ founder, force }) => founder !== null && force !== own)
    .map(({ id, force, forceName, name }) => ({ value: `${force} ${id}`, label: `${forceName}: ${name}` }));
  const help = trouble ? `The directory could not be read. ${trouble}` : whatOfUnits(units, options.length);
  return (
    <>
      <SelectIn
        label="Unit of the other force"
        options={options}
        value={value.unit}
        onChange={(unit) => change({ unit })}
        problem={(problem('chosen.force') ?? problem('chosen.unit')) && 'Choose the unit.'}
        help={help}
      />
      <Box sx={{ fontWeight: 650, maxWidth: '75ch' }}>
        The reasons below go to that unit with the referral: write nothing in them that it must not read.
      </Box>
    </>
  );
}

/** Only items that are graded E may be named: mistaken or unsubstantiated is not malicious. */
function MaliciousItems({ view, form: { value, change, problem } }: Props) {
  const options = view.state.items.flatMap((item, index) =>
    stands(item) && selectGrade(item).grade.assessment === 'E'
      ? [{ value: item.entry as string, label: `Item ${index + 1}`, means: visibleText(item.text).slice(0, 120) }]
      : [],
  );
  return (
    <ChecksIn
      label="Items suspected to be false"
      help={
        options.length === 0 ? 'No item is graded E. Grade the items that it rests on first, with reasons.' : undefined
      }
      options={options}
      value={value.items}
      onChange={(items) => change({ items })}
      problem={problem('chosen.items')}
    />
  );
}

/** What the chosen kind needs to say besides its reasons. */
export function DispositionDetails({ view, form }: Props) {
  const { value, change, problem } = form;
  switch (value.kind) {
    case 'safeguard':
      return (
        <ChecksIn
          label="Whether it goes on"
          options={[{ value: 'ended', label: 'Nobody needs safeguarding any more' }]}
          value={value.ended ? ['ended'] : []}
          onChange={(ended) => change({ ended: ended.length > 0 })}
        />
      );
    case 'record':
      return <ReviewOn view={view} form={form} />;
    case 'complaints':
      return (
        <TextIn
          label="Complaints department"
          value={value.department}
          onChange={(department) => change({ department })}
          problem={problem('chosen.department')}
        />
      );
    case 'localPolicingBody':
      return (
        <TextIn
          label="Local policing body"
          help="Police and crime commissioner, mayor’s office or Common Council of the force’s area."
          value={value.body}
          onChange={(body) => change({ body })}
          problem={problem('chosen.body')}
        />
      );
    case 'otherForce':
      return <OtherForce view={view} form={form} />;
    case 'otherAgency':
      return (
        <TextIn
          label="Agency"
          value={value.agency}
          onChange={(agency) => change({ agency })}
          problem={problem('chosen.agency')}
        />
      );
    case 'suspectedMalicious':
      return <MaliciousItems view={view} form={form} />;
    default:
      return null;
  }
}

/** Options that were considered and not taken, each with why not. */
export function OptionRows({ form: { value, change, problem } }: Pick<Props, 'form'>) {
  const { options } = value;
  const set = (index: number, part: Partial<(typeof options)[number]>) =>
    change({ options: options.map((each, at) => (at === index ? { ...each, ...part } : each)) });
  const missing = problem('options');
  return (
    <Box role="group" aria-label="Options considered" sx={{ display: 'grid', gap: 1 }}>
      {options.map(({ option, why }, index) => (
        <Box
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names while they are written, and their fields keep nothing of their own
          key={index}
          role="group"
          aria-label={`Option ${index + 1}`}
          sx={{
            display: 'grid',
            gridTemplateColumns: '1fr 1.4fr auto',
            gap: 1,
            alignItems: 'start',
            [listed]: { gridTemplateColumns: 'minmax(0, 1fr)' },
          }}
        >
          <TextIn
            label="Option considered"
            value={option}
            onChange={(text) => set(index, { option: text })}
            problem={problem(`options.${index}.option`)}
          />
          <TextIn
            label="Why not"
            value={why}
            onChange={(text) => set(index, { why: text })}
            problem={problem(`options.${index}.why`)}
          />
          <Button
            color="inherit"
            aria-label={`Remove option ${index + 1}`}
            onClick={() => change({ options: options.filter((_, at) => at !== index) })}
          >
            Remove
          </Button>
        </Box>
      ))}
      {missing && (
        <Box role="alert" sx={{ color: 'error.main', fontWeight: 650, fontSize: 12 }}>
          {missing}
        </Box>
      )}
      <Box>
        <Button variant="outlined" onClick={() => change({ options: [...options, { option: '', why: '' }] })}>
          Add an option considered
        </Button>
      </Box>
    </Box>
  );
}
