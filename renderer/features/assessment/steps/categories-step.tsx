import Box from '@mui/material/Box';
import type { CaseView } from '#renderer/state/case-store.ts';
import { ChecksIn } from '#renderer/ui/checks-in.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import {
  type IntelligenceCategory,
  intelligenceCategories,
} from '#shared/domain/classification/intelligence-categories.ts';
import { type Standard, standards } from '#shared/domain/classification/standards.ts';
import { selectLatest } from '#shared/domain/event/history.ts';
import { publicCategories } from '#shared/domain/report/public-categories.ts';
import { NoteIn } from '../form/text-fields.tsx';
import { orNull } from '../form/to-shape.ts';
import { useForm } from '../form/use-form.ts';
import { optionsOf } from '../options.ts';
import { Part } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';

const categoryOptions = optionsOf(intelligenceCategories);
const standardOptions = optionsOf(standards);

interface CategoriesForm {
  readonly categories: readonly IntelligenceCategory[];
  readonly primary: IntelligenceCategory | '';
  readonly why: string;
}
const categoriesShape = { categories: [''], primary: '', why: '' };

function CategoriesPart({ view }: { readonly view: CaseView }) {
  const { categories } = view.state;
  const latest = selectLatest(categories);
  const form = useForm<CategoriesForm>({
    step: 'categories',
    part: null,
    shape: categoriesShape,
    initial: { categories: latest?.categories ?? [], primary: latest?.primary ?? '', why: '' },
    toCommand: ({ categories: chosen, primary, why }) => ({
      type: 'categories.recorded',
      case: view.state.id,
      // The only one chosen leads.
      data: { categories: chosen, primary: primary || (chosen.length === 1 && chosen[0]) || '', why: orNull(why) },
    }),
    done: 'Categories recorded. Saved here.',
  });
  const { field, value, change } = form;
  const chosen = categoryOptions.filter((option) => value.categories.includes(option.value));
  return (
    <Part
      first
      title="Corruption-intelligence categories"
      form={form}
      history={categories}
      say={({ categories: ids, primary, why }) => (
        <>
          <b>{intelligenceCategories[primary].label}</b> (primary)
          {ids.length > 1 &&
            `; ${ids
              .filter((id) => id !== primary)
              .map((id) => intelligenceCategories[id].label)
              .join('; ')}`}
          <Said>{why}</Said>
        </>
      )}
      action="Record the categories"
    >
      <ChecksIn
        label="All that apply, of the twelve"
        columns={2}
        options={categoryOptions}
        {...field('categories')}
        onChange={(ids) =>
          change({ categories: ids, primary: value.primary && ids.includes(value.primary) ? value.primary : '' })
        }
      />
      {chosen.length > 1 && <SelectIn label="Primary category" options={chosen} width={380} {...field('primary')} />}
      <NoteIn {...field('why')} />
    </Part>
  );
}

interface StandardsForm {
  readonly standards: readonly Standard[];
  readonly why: string;
}
const standardsShape = { standards: [''], why: '' };

function StandardsPart({ view }: { readonly view: CaseView }) {
  const history = view.state.standards;
  const form = useForm<StandardsForm>({
    step: 'categories',
    part: 'standards',
    shape: standardsShape,
    initial: { standards: selectLatest(history)?.standards ?? [], why: '' },
    toCommand: ({ standards: chosen, why }) => ({
      type: 'standards.recorded',
      case: view.state.id,
      data: { standards: chosen, why: orNull(why) },
    }),
    done: 'Standards recorded. Saved here.',
  });
  const { field } = form;
  return (
    <Part
      title="Standards of professional behaviour"
      form={form}
      history={history}
      say={({ standards: ids, why }) => (
        <>
          {ids.length > 0 ? ids.map((id) => standards[id].label).join('; ') : 'None of the ten'}
          <Said>{why}</Said>
        </>
      )}
      action="Record the standards"
    >
      <ChecksIn
        label="Which the conduct alleged would breach"
        help="Of police officers, special constables among them. Staff, volunteers and contractors answer to terms of their own."
        columns={2}
        options={standardOptions}
        {...field('standards')}
      />
      <NoteIn {...field('why')} />
    </Part>
  );
}

/** (e) Two axes: what the public chose, which stays as it came, and how the unit classifies it. */
export function CategoriesStep({ view }: { readonly view: CaseView }) {
  return (
    <>
      <Section level="part" title="Public categories" aside="As received">
        <Box component="ul" sx={{ m: 0, pl: 2.5, mb: 2.5 }}>
          {view.state.referral.report.categories.map((id) => (
            <li key={id}>{publicCategories[id].label}</li>
          ))}
        </Box>
      </Section>
      <CategoriesPart view={view} />
      <StandardsPart view={view} />
    </>
  );
}
