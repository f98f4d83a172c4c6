import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { listed } from '#renderer/ui/theme.ts';
import { type RiskAction, type RiskLevel, riskActions, riskLevels, riskReviewDays } from '#shared/domain/risk/rara.ts';
import { type FormPart, type Row, rowsOf } from '../form/fields.ts';
import { optionsOf } from '../options.ts';

export interface PersonRow {
  readonly who: string;
  readonly risk: string;
  readonly level: RiskLevel | '';
  readonly action: RiskAction | '';
  readonly note: string;
}
export const emptyPerson: PersonRow = { who: '', risk: '', level: '', action: '', note: '' };

const levels = optionsOf(riskLevels);
const actions = optionsOf(riskActions);

interface RowProps {
  readonly person: Row<PersonRow>;
  readonly number: number;
}

/** "Looked at again: the same day." */
function again(days: number): string {
  if (days === 0) return 'Looked at again: the same day.';
  return days === 1 ? 'Looked at again: every day.' : `Looked at again: every ${days} days.`;
}

function PersonFields({ person: { value, field, remove }, number }: RowProps) {
  const { level, action } = value;
  const policy = usePolicy();
  return (
    <Box
      role="group"
      aria-label={`Person ${number}`}
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1.25, display: 'grid', gap: 1.25 }}
    >
      <TextIn label="Who" {...field('who')} />
      <TextIn label="At risk of what" lines={2} {...field('risk')} />
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: '1fr 1fr',
          gap: 1.25,
          [listed]: { gridTemplateColumns: 'minmax(0, 1fr)' },
        }}
      >
        <SelectIn
          label="Risk level"
          options={levels}
          help={level ? `${riskLevels[level].means} ${again(riskReviewDays(level, policy))}` : undefined}
          {...field('level')}
        />
        <SelectIn
          label="Response (RARA)"
          options={actions}
          help={action ? riskActions[action].means : undefined}
          {...field('action')}
        />
      </Box>
      <TextIn
        label={action === 'accept' ? 'Why the risk is accepted' : 'What exactly, by whom'}
        lines={2}
        {...field('note')}
      />
      <Box>
        <Button color="inherit" onClick={remove}>{`Remove person ${number}`}</Button>
      </Box>
    </Box>
  );
}

interface Props {
  readonly people: FormPart<readonly PersonRow[]>;
  /** What to say of the list as a whole. */
  readonly missing: string | null;
}

/** Who is at risk, at which level, and the response: remove, avoid, reduce or accept. */
export function PeopleRows({ people, missing }: Props) {
  return (
    <Box role="group" aria-label="People at risk" sx={{ display: 'grid', gap: 1 }}>
      {missing && (
        <Box role="alert" sx={{ color: 'error.main', fontWeight: 650, fontSize: 12 }}>
          {missing}
        </Box>
      )}
      {rowsOf(people).map((person, index) => (
        <PersonFields
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names while they are written, and their fields keep nothing of their own
          key={index}
          person={person}
          number={index + 1}
        />
      ))}
      <Box>
        <Button
          variant="outlined"
          aria-invalid={missing ? true : undefined}
          onClick={() => people.set([...people.value, emptyPerson])}
        >
          Add a person at risk
        </Button>
      </Box>
    </Box>
  );
}
