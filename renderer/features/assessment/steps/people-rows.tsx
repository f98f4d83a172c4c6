import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { type RiskAction, type RiskLevel, riskActions, riskLevels } from '#shared/domain/assessment/tables/rara.ts';
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

interface Props {
  readonly people: readonly PersonRow[];
  readonly onChange: (people: readonly PersonRow[]) => void;
  readonly problem: (path: string) => string | null;
  readonly disabled: boolean;
}

interface RowProps extends Pick<Props, 'disabled'> {
  readonly person: PersonRow;
  readonly number: number;
  readonly change: (change: Partial<PersonRow>) => void;
  readonly remove: () => void;
  readonly problem: (field: keyof PersonRow) => string | null;
}

function PersonFields({ person, number, change, remove, problem, disabled }: RowProps) {
  const { level, action } = person;
  return (
    <Box
      role="group"
      aria-label={`Person ${number}`}
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1.25, display: 'grid', gap: 1.25 }}
    >
      <TextIn
        label="Who"
        value={person.who}
        onChange={(who) => change({ who })}
        problem={problem('who')}
        disabled={disabled}
      />
      <TextIn
        label="At risk of what"
        value={person.risk}
        onChange={(risk) => change({ risk })}
        problem={problem('risk')}
        disabled={disabled}
        lines={2}
      />
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.25 }}>
        <SelectIn
          label="How grave"
          options={levels}
          value={level}
          onChange={(chosen) => change({ level: chosen })}
          problem={problem('level')}
          help={level ? riskLevels[level].means : undefined}
          disabled={disabled}
        />
        <SelectIn
          label="What is done"
          options={actions}
          value={action}
          onChange={(chosen) => change({ action: chosen })}
          problem={problem('action')}
          help={action ? riskActions[action].means : undefined}
          disabled={disabled}
        />
      </Box>
      <TextIn
        label={action === 'accept' ? 'Why the risk is accepted' : 'What exactly, by whom'}
        value={person.note}
        onChange={(note) => change({ note })}
        problem={problem('note')}
        disabled={disabled}
        lines={2}
      />
      <Box>
        <Button color="inherit" onClick={remove} disabled={disabled}>{`Take person ${number} off`}</Button>
      </Box>
    </Box>
  );
}

/** Who is at risk, how gravely, and what is done about it: remove, avoid, reduce or accept. */
export function PeopleRows({ people, onChange, problem, disabled }: Props) {
  const missing = problem('people');
  return (
    <Box role="group" aria-label="People at risk" sx={{ display: 'grid', gap: 1 }}>
      {missing && (
        <Box role="alert" sx={{ color: 'error.main', fontWeight: 650, fontSize: 12 }}>
          {missing}
        </Box>
      )}
      {people.map((person, index) => (
        <PersonFields
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names of their own while they are written
          key={index}
          person={person}
          number={index + 1}
          change={(change) => onChange(people.map((each, at) => (at === index ? { ...each, ...change } : each)))}
          remove={() => onChange(people.filter((_, at) => at !== index))}
          problem={(field) => problem(`people.${index}.${field}`)}
          disabled={disabled}
        />
      ))}
      <Box>
        <Button
          variant="outlined"
          disabled={disabled}
          aria-invalid={missing ? true : undefined}
          onClick={() => onChange([...people, emptyPerson])}
        >
          Add a person at risk
        </Button>
      </Box>
    </Box>
  );
}
