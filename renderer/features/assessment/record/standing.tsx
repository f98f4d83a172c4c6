import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { type ReactNode, useContext } from 'react';
import { type Signature, useCase } from '#renderer/state/case-store.ts';
import { FoldLine } from '#renderer/ui/fold-line.tsx';
import { LongText } from '#renderer/ui/long-text.tsx';
import { listed } from '#renderer/ui/theme.ts';
import { When } from '#renderer/ui/when.tsx';
import type { History, Recorded } from '#shared/domain/event/history.ts';
import type { Signed } from '#shared/domain/event/signed.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import { DecisionsContext } from './decisions.ts';

export const signatureWords: Readonly<Record<Signature, string>> = {
  verified: 'confirmed, verified',
  checking: 'confirmed, signature being checked',
  waiting: 'saved here, waiting to sync',
  broken: 'the signature does not verify: do not rely on it',
};

/** Who, and when. */
export function WhoAndWhen({ by: { by, at } }: { readonly by: Signed }) {
  const names = useCase((state) => state.view?.names);
  const who = by ? (names?.[by] ?? 'A former member') : 'Central endpoint';
  return (
    <>
      {`${who}, `}
      <When at={at} />
    </>
  );
}

/** Who signed, when, and whether it is proved. */
export function SignedBy({ by: signed, verb }: { readonly by: Signed; readonly verb?: string }) {
  const signature = useCase((state) => state.view?.signatures[signed.entry]);
  return (
    <Box component="span" sx={{ display: 'block', color: 'text.secondary', fontSize: 12 }}>
      {verb && `${verb} by `}
      <WhoAndWhen by={signed} />
      {`, ${signatureWords[signature ?? 'broken']}`}
    </Box>
  );
}

interface CardProps<Data> {
  readonly record: Recorded<Data>;
  readonly label: string;
  /** Null: it is always read in full. */
  readonly onToggle: (() => void) | null;
  readonly open: boolean;
  readonly children: ReactNode;
}

function RecordCard<Data>({ record, label, onToggle, open, children }: CardProps<Data>) {
  const brief = useContext(DecisionsContext).get(record.entry) ?? 'Recorded';
  const signed = <SignedBy by={record} />;
  return (
    <Box
      component="article"
      aria-label={label}
      sx={{
        ...{ border: 1, borderColor: 'divider', borderRadius: 1, minWidth: 0, overflowWrap: 'anywhere' },
        p: onToggle ? 0.25 : 1,
      }}
    >
      {onToggle ? (
        <FoldLine {...{ open, onToggle }} brief={open ? signed : brief} aside={open ? null : signed} />
      ) : (
        signed
      )}
      {open && <Box sx={{ ...(onToggle && { px: 1, pb: 1 }), mt: 0.25, maxWidth: '75ch' }}>{children}</Box>}
    </Box>
  );
}

interface Props<Data> {
  /** What it is: "Mandatory-referral test". */
  readonly label: string;
  readonly history: History<Data>;
  readonly say: (record: Recorded<Data>) => ReactNode;
  /** What stands. */
  readonly current: History<Data>;
  /** Several may stand beside each other without being a conflict. */
  readonly many: boolean;
  /** Of those that stand, which are read in full; `all`: none folds. */
  readonly unfolded: readonly EntryId[] | 'all';
  readonly onToggle: (entry: EntryId) => void;
}

/** What stands, each on one line until it is opened; side by side and in full, where neither was recorded in place of the other; and all that was superseded. */
export function Standing<Data>({ label, history, say, current, many, unfolded, onToggle }: Props<Data>) {
  if (history.length === 0) return null;
  const conflict = !many && current.length > 1;
  const folds = !conflict && unfolded !== 'all';
  const superseded = history.filter((record) => !current.includes(record)).reverse();
  return (
    <>
      {conflict && (
        <Alert severity="warning" variant="outlined" sx={{ mb: 1 }}>
          Conflict: neither of these was recorded in place of the other. Both are kept. Read both, then record again:
          that takes the place of both.
        </Alert>
      )}
      <Box
        sx={{
          ...{ display: 'grid', gridTemplateColumns: `repeat(${conflict ? 2 : 1}, minmax(0, 1fr))`, gap: 1 },
          [listed]: { gridTemplateColumns: 'minmax(0, 1fr)' },
        }}
      >
        {current.map((record) => (
          <RecordCard
            key={record.entry}
            record={record}
            label={conflict ? `${label}, in conflict` : `${label}, in force`}
            onToggle={folds ? () => onToggle(record.entry) : null}
            open={!folds || unfolded.includes(record.entry)}
          >
            {say(record)}
          </RecordCard>
        ))}
      </Box>
      {superseded.length > 0 && (
        <Box component="details" sx={{ mt: 0.75 }}>
          <Box component="summary" sx={{ color: 'text.secondary', cursor: 'pointer' }}>
            {`History: ${superseded.length} superseded`}
          </Box>
          <Box sx={{ display: 'grid', gap: 0.75, mt: 0.75 }}>
            {superseded.map((record) => (
              <RecordCard key={record.entry} record={record} label={`${label}, superseded`} onToggle={null} open>
                {say(record)}
              </RecordCard>
            ))}
          </Box>
        </Box>
      )}
    </>
  );
}

/** Text that somebody wrote, with its lines; nothing where nobody did. */
export function Said({ children }: { readonly children: string | null }) {
  if (!children) return children;
  return (
    <Box sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      <LongText text={children} />
    </Box>
  );
}
