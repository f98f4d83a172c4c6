import Box from '@mui/material/Box';
import type { CaseView } from '#renderer/state/case-store.ts';
import { useDrafts } from '#renderer/state/draft-store.ts';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { stands } from '#shared/domain/event/revocable.ts';
import { gradeCode, selectGrade } from '#shared/domain/items/grading.ts';
import type { Item } from '#shared/domain/items/item-recorded.ts';
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

/** One item: what it quotes, its grade in short, and apart from that how the source came to know. */
export function ItemCard({ item, number, view }: Props) {
  const standing = selectGrade(item);
  const here = stands(item);
  const hasDraft = useDrafts(({ drafts }) =>
    Object.keys(drafts).some((key) => key.startsWith('items.') && key.endsWith(item.entry)),
  );
  const grade = standing.conflict
    ? 'Grades in conflict'
    : standing.recorded
      ? gradeCode(standing.grade)
      : 'Not graded yet';
  return (
    <Box
      component="article"
      aria-label={`Item ${number}`}
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1, minWidth: 0 }}
    >
      <Box sx={{ display: 'flex', gap: 1, mb: 0.25 }}>
        <Box sx={{ fontWeight: 650, flex: 1 }}>{`Item ${number}${here ? '' : ', withdrawn'}`}</Box>
        <Box sx={{ fontVariantNumeric: 'tabular-nums' }}>{here && grade}</Box>
      </Box>
      <Quote>{item.text}</Quote>
      <SignedBy by={item} />
      {item.takenBack.map((taken) => (
        <Box key={taken.entry} sx={{ mt: 0.5 }}>
          <Said>{`Withdrawn: ${taken.why}`}</Said>
          <SignedBy by={taken} />
        </Box>
      ))}
      {here && (
        <Box component="details" open={hasDraft || undefined} sx={{ mt: 0.5 }}>
          <Box component="summary" sx={{ color: 'text.secondary', cursor: 'pointer', mb: 1 }}>
            Provenance and withdrawal
          </Box>
          <ProvenancePart item={item} number={number} view={view} />
          <WithdrawPart item={item} number={number} view={view} />
        </Box>
      )}
    </Box>
  );
}
