import Box from '@mui/material/Box';
import { useState } from 'react';
import type { CaseView } from '#renderer/state/case-store.ts';
import { useDrafts } from '#renderer/state/draft-store.ts';
import { FoldLine } from '#renderer/ui/fold-line.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { stands } from '#shared/domain/event/revocable.ts';
import { gradeCode, selectGrade } from '#shared/domain/items/grading.ts';
import type { Item } from '#shared/domain/items/item-recorded.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { ReasonsIn } from '../form/text-fields.tsx';
import { useForm } from '../form/use-form.ts';
import { Part } from '../record/part.tsx';
import { Quote } from '../record/quote.tsx';
import { Said, SignedBy } from '../record/standing.tsx';

interface Props {
  readonly item: Item;
  readonly number: number;
  readonly view: CaseView;
}

const provenanceShape = { provenance: '', why: '' };
const withdrawalShape = { why: '' };

/** How the source came to know. Shown on purpose only: it may say who they are. */
function ProvenancePart({ item, number, view }: Props) {
  const history = view.state.provenance.filter((each) => each.item === item.entry);
  const form = useForm({
    step: 'items',
    part: `provenance.${item.entry}`,
    shape: provenanceShape,
    initial: provenanceShape,
    toCommand: ({ provenance, why }) => ({
      type: 'provenance.recorded',
      case: view.state.id,
      data: { item: item.entry, provenance, why },
    }),
    done: 'Provenance recorded. Saved here.',
  });
  const { field } = form;
  return (
    <Part
      title={`Provenance of item ${number}`}
      form={form}
      history={history}
      say={({ provenance, why }) => (
        <>
          <Said>{provenance}</Said>
          <Said>{why}</Said>
        </>
      )}
      optional
      action="Record the provenance"
    >
      <TextIn label="Provenance" lines={2} help="How and when the source came to know." {...field('provenance')} />
      <ReasonsIn {...field('why')} />
    </Part>
  );
}

function WithdrawPart({ item, number, view }: Props) {
  const form = useForm({
    step: 'items',
    part: `withdraw.${item.entry}`,
    shape: withdrawalShape,
    initial: withdrawalShape,
    toCommand: ({ why }) => ({ type: 'item.withdrawn', case: view.state.id, data: { item: item.entry, why } }),
    done: `Item ${number} withdrawn. It stays in the history. Saved here.`,
  });
  const { field } = form;
  return (
    <Part title={`Withdrawal of item ${number}`} form={form} optional action="Withdraw the item">
      <ReasonsIn {...field('why')} />
    </Part>
  );
}

/** What was taken back of it, how the source came to know, and its withdrawal. */
function WholeItem(props: Props) {
  const { item } = props;
  return (
    <Box sx={{ px: 0.75, pb: 0.75 }}>
      <Quote>{item.text}</Quote>
      {item.takenBack.map((taken) => (
        <Box key={taken.entry} sx={{ mt: 0.5 }}>
          <Said>{`Withdrawn: ${taken.why}`}</Said>
          <SignedBy by={taken} />
        </Box>
      ))}
      {stands(item) && (
        <Box sx={{ mt: 2 }}>
          <ProvenancePart {...props} />
          <WithdrawPart {...props} />
        </Box>
      )}
    </Box>
  );
}

/** One item, on one line until it is opened: what it quotes, who made it, its grade in short. */
export function ItemCard(props: Props) {
  const { item, number } = props;
  const standing = selectGrade(item);
  const here = stands(item);
  const hasDraft = useDrafts(({ drafts }) =>
    Object.keys(drafts).some((key) => key.startsWith('items.') && key.endsWith(item.entry)),
  );
  const [open, setOpen] = useState(hasDraft);
  // What was written before comes a moment after the card.
  const [drafted, setDrafted] = useState(hasDraft);
  if (drafted !== hasDraft) {
    setDrafted(hasDraft);
    if (hasDraft) setOpen(true);
  }
  const grade = standing.conflict
    ? 'Grades in conflict'
    : standing.recorded
      ? gradeCode(standing.grade)
      : 'Not graded yet';
  return (
    <Box
      component="article"
      aria-label={`Item ${number}`}
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 0.25, minWidth: 0 }}
    >
      <FoldLine
        open={open}
        onToggle={() => setOpen(!open)}
        title={`Item ${number}${here ? '' : ', withdrawn'}`}
        brief={open ? null : `“${visibleText(item.text)}”`}
        aside={
          <Box component="span" sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
            {here && <b>{grade}</b>}
            <SignedBy by={item} />
          </Box>
        }
      />
      {open && <WholeItem {...props} />}
    </Box>
  );
}
