import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { runAction } from '#renderer/state/action-store.ts';
import type { CaseView } from '#renderer/state/case-store.ts';
import { hintOf } from '#renderer/state/shortcut-list.ts';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { orNull } from '../form/to-shape.ts';
import { useForm } from '../form/use-form.ts';
import { Part } from '../record/part.tsx';
import { Quote } from '../record/quote.tsx';
import { ItemCard } from './item-card.tsx';

/** An item being made: offsets in the narrative as text, as every field of a draft. */
export interface ItemForm {
  readonly start: string;
  readonly end: string;
  readonly provenance: string;
}
export const blankItem: ItemForm = { start: '', end: '', provenance: '' };

function NewItem({ view }: { readonly view: CaseView }) {
  const { narrative } = view.state.referral.report;
  const form = useForm<ItemForm>({
    step: 'items',
    part: null,
    shape: blankItem,
    initial: blankItem,
    toCommand: ({ start, end, provenance }) => ({
      type: 'item.recorded',
      case: view.state.id,
      data: {
        start: Number.parseInt(start, 10),
        end: Number.parseInt(end, 10),
        text: narrative.slice(Number(start), Number(end)),
        provenance: orNull(provenance),
      },
    }),
    done: 'Item recorded. Saved here.',
    // There is usually another item to select.
    after: () => runAction('readNarrative'),
  });
  const { field, value, problem } = form;
  const lead = (
    <Typography component="p" sx={{ color: 'text.secondary' }}>
      {`Select in the narrative what is one item of information (${hintOf('readNarrative')} goes there), then press Enter or ${hintOf('makeItem')}. What an item says is what the referral says: it is quoted, never rewritten.`}
    </Typography>
  );
  if (!value.start) {
    return (
      <Part
        first
        title="New item"
        form={form}
        optional
        action="Select in the narrative"
        lead={lead}
        onAction={() => runAction('readNarrative')}
      >
        {null}
      </Part>
    );
  }
  return (
    <Part first title="New item" form={form} action="Record the item" lead={lead}>
      <Box>
        <Quote>{narrative.slice(Number(value.start), Number(value.end))}</Quote>
        {problem('start') && <Box role="alert">Select text in the narrative first.</Box>}
      </Box>
      <TextIn
        label="Provenance"
        lines={2}
        help="How and when the source came to know, if the referral says so. Kept apart from the item; it leaves in nothing."
        {...field('provenance')}
      />
    </Part>
  );
}

/** (c) What is said, item by item. */
export function ItemsStep({ view }: { readonly view: CaseView }) {
  const { items } = view.state;
  return (
    <>
      <NewItem view={view} />
      <Box component="section" aria-label="Items" sx={{ mt: 2.5, display: 'grid', gap: 1 }}>
        {items.length === 0 && <Box sx={{ color: 'text.secondary' }}>No item is recorded yet.</Box>}
        {items.map((item, index) => (
          <ItemCard key={item.entry} item={item} number={index + 1} view={view} />
        ))}
      </Box>
    </>
  );
}
