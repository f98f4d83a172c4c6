import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { type Signature, useCase } from '#renderer/state/case-store.ts';
import { LongText } from '#renderer/ui/long-text.tsx';
import { listed } from '#renderer/ui/theme.ts';
import { When } from '#renderer/ui/when.tsx';
import type { History, Recorded } from '#shared/domain/event/history.ts';
import type { Signed } from '#shared/domain/event/signed.ts';

export const signatureWords: Readonly<Record<Signature, string>> = {
  verified: 'confirmed, verified',
  checking: 'confirmed, signature being checked',
  waiting: 'saved here, waiting to sync',
  broken: 'the signature does not verify: do not rely on it',
};

/** Who signed, when, and whether it is proved. */
export function SignedBy({ by: signed, verb }: { readonly by: Signed; readonly verb?: string }) {
  const names = useCase((state) => state.view?.names);
  const signature = useCase((state) => state.view?.signatures[signed.entry]);
  const who = signed.by ? (names?.[signed.by] ?? 'A former member') : 'Central endpoint';
  return (
    <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
      {verb ? `${verb} by ${who}, ` : `${who}, `}
      <When at={signed.at} />
      {`, ${signatureWords[signature ?? 'broken']}`}
    </Box>
  );
}

interface CardProps<Data> {
  readonly record: Recorded<Data>;
  readonly label: string;
  readonly children: ReactNode;
}

function RecordCard<Data>({ record, label, children }: CardProps<Data>) {
  return (
    <Box
      component="article"
      aria-label={label}
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1, minWidth: 0, overflowWrap: 'anywhere' }}
    >
      <SignedBy by={record} />
      <Box sx={{ mt: 0.25, maxWidth: '75ch' }}>{children}</Box>
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
}

/** What stands; side by side, where neither was recorded in place of the other; and all that was superseded. */
export function Standing<Data>({ label, history, say, current, many }: Props<Data>) {
  if (history.length === 0) return null;
  const conflict = !many && current.length > 1;
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
              <RecordCard key={record.entry} record={record} label={`${label}, superseded`}>
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
