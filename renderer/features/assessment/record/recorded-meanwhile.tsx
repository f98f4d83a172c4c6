import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { type ReactNode, useEffect, useState } from 'react';
import { noteShown, useDrafts } from '#renderer/state/draft-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import type { History, Recorded } from '#shared/domain/event/history.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import type { Recordable } from '../form/use-form.ts';
import { SignedBy } from './standing.tsx';

interface Guarded<Data> {
  /** The form: it does not record over what came meanwhile before the member was stopped at it once. */
  readonly form: Recordable;
  /** What others recorded since its draft was begun. */
  readonly meanwhile: History<Data>;
}

/**
 * What stands on the screen as the draft of a form is begun is kept with the draft: what is recorded names that as replaced.
 * What comes meanwhile is named too from the second attempt to record, and never before.
 * @param standing what the screen shows as standing
 */
export function useMeanwhile<Data>(form: Recordable, standing: History<Data>): Guarded<Data> {
  const shown = useDrafts(({ drafts }) => drafts[form.key]?.shown);
  const member = useSession((store) => store.session?.member.id);
  const [told, setTold] = useState<readonly EntryId[]>([]);
  const ids = standing.map(({ entry }) => entry);
  useEffect(() => {
    if (form.hasDraft && !shown) noteShown(form.key, ids);
  });
  const meanwhile = shown ? standing.filter(({ entry, by }) => !shown.includes(entry) && by !== member) : [];
  const isTold = meanwhile.every(({ entry }) => told.includes(entry));
  const stopped =
    meanwhile.length > 0 && isTold ? 'Not recorded yet. Read what was recorded meanwhile, then record again.' : null;
  const record = async (): Promise<boolean> => {
    if (isTold) return form.record([...(shown ?? []), ...ids]);
    setTold(ids);
    return false;
  };
  return { form: { ...form, refusal: form.refusal ?? stopped, record }, meanwhile };
}

interface Props<Data> {
  readonly records: History<Data>;
  readonly say: (record: Recorded<Data>) => ReactNode;
  /** What is recorded stands beside them. */
  readonly many: boolean;
}

/** In the form, above its button: whoever writes may have scrolled past what stands. */
export function RecordedMeanwhile<Data>({ records, say, many }: Props<Data>) {
  if (records.length === 0) return null;
  return (
    <Alert severity="warning" variant="outlined" role="status">
      {records.map((record) => (
        <Box key={record.entry} sx={{ mb: 0.75, overflowWrap: 'anywhere' }}>
          <SignedBy by={record} verb="Recorded meanwhile" />
          {say(record)}
        </Box>
      ))}
      {`You began to write before this. Read it first${many ? '' : ': yours takes its place'}.`}
    </Alert>
  );
}
