import Box from '@mui/material/Box';
import { ChoiceIn, type Option } from './choice-in.tsx';
import { SelectIn } from './select-in.tsx';

/** What is chosen so far. Empty: nothing yet. */
export interface ChosenGrade<Employment extends string, Rank extends string> {
  readonly employment: Employment | '';
  readonly rank: Rank | '';
}

interface Props<Employment extends string, Rank extends string> {
  readonly employments: readonly Option<Employment>[];
  readonly ranks: readonly Option<Rank>[];
  readonly value: ChosenGrade<Employment, Rank>;
  readonly onChange: (value: ChosenGrade<Employment, Rank>) => void;
  /** Of whom a grade equals a rank, rather than being one. */
  readonly equals: Employment;
}

/** Officer or staff, and of which rank or equal grade. */
export function GradeIn<Employment extends string, Rank extends string>(props: Props<Employment, Rank>) {
  const { employments, ranks, value, onChange, equals } = props;
  return (
    <Box sx={{ display: 'grid', gap: 1, mb: 2 }}>
      <ChoiceIn
        label="Officer or staff"
        options={employments}
        value={value.employment}
        onChange={(employment) => onChange({ ...value, employment })}
        inline
      />
      <SelectIn
        label={value.employment === equals ? 'Grade equal to the rank of' : 'Rank'}
        options={ranks}
        value={value.rank}
        onChange={(rank) => onChange({ ...value, rank })}
      />
    </Box>
  );
}
