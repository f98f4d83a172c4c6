import Box from '@mui/material/Box';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import { urgencyWords } from '#renderer/words/risk.ts';
import { referenceKinds } from '#shared/domain/references/reference-kinds.ts';
import { wayInIds, waysIn } from '#shared/domain/referral/ways-in.ts';
import { publicCategories, publicCategoryIds } from '#shared/domain/report/public-categories.ts';
import {
  narrativeLanguageIds,
  narrativeLanguages,
  subjectKindIds,
  subjectKinds,
  urgencies,
} from '#shared/domain/report/report.ts';
import type { FieldName, Values } from './by-hand-form.ts';

const ways = wayInIds.map((value) => ({ value, label: waysIn[value].label }));
const kinds = subjectKindIds
  .filter((id) => id !== 'unknown')
  .map((value) => ({ value, label: subjectKinds[value].means }));
const soon = urgencies.map((value) => ({ value, label: urgencyWords[value] }));
const languages = narrativeLanguageIds.map((value) => ({ value, label: narrativeLanguages[value].label }));
const categories = publicCategoryIds.map((value) => ({ value, label: publicCategories[value].label }));

interface Props {
  readonly values: Values;
  readonly change: (change: Partial<Values>) => void;
  readonly still: boolean;
  readonly problem: { readonly field: FieldName | null; readonly words: string } | null;
}

const group = { border: 0, m: 0, p: 0, display: 'grid', gap: 1, minWidth: 0 } as const;
const legend = { fontWeight: 600, mb: 0.75, p: 0 } as const;

/** In the order in which a call in the night goes: what it is, who is at risk, and the rest if there is time. */
export function ByHandFields({ values, change, still, problem }: Props) {
  const field = (name: FieldName) => ({
    value: values[name],
    onChange: (value: string) => change({ [name]: value }),
    problem: problem?.field === name ? problem.words : null,
  });
  const text = (name: FieldName) => ({ ...field(name), still });
  return (
    <Box sx={{ display: 'grid', gap: 2, maxWidth: '75ch' }}>
      <SelectIn label="How it reached us" options={ways} {...field('how')} />
      <TextIn label="What was said" lines={6} most={50_000} {...text('narrative')} />
      <Box component="fieldset" sx={group}>
        <Box component="legend" sx={legend}>
          Who is at risk, if anyone
        </Box>
        <TextIn label="Who is at risk" most={300} {...text('who')} />
        <TextIn label="At risk of what" most={1000} {...text('risk')} />
        <SelectIn label="How urgent" options={soon} none="Not said" {...field('urgency')} />
      </Box>
      <WhenIn label="When it reached us" kind="instant" {...field('reachedAt')} />
      <TextIn
        label="Crimestoppers’ reference"
        help={`If the caller gave one, as ${referenceKinds.crimestoppers.example}: you are told when that referral arrives.`}
        most={20}
        {...text('expects')}
      />
      <Box component="fieldset" sx={group}>
        <Box component="legend" sx={legend}>
          Who is reported, as far as it is known
        </Box>
        <SelectIn label="Serves as" options={kinds} none="Not known" {...field('kind')} />
        <TextIn label="Name" most={200} {...text('name')} />
        <TextIn label="Rank or role" most={120} {...text('rankOrRole')} />
        <TextIn label="Collar number" most={30} {...text('collarNumber')} />
        <TextIn label="Description" lines={2} most={2000} {...text('description')} />
      </Box>
      <SelectIn label="Category" options={categories} none="Not known yet" {...field('category')} />
      <SelectIn label="Language" options={languages} {...field('language')} />
    </Box>
  );
}
