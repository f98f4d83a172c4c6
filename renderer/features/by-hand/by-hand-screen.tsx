import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { offerActions } from '#renderer/state/action-store.ts';
import { byHandForm, openWritten } from '#renderer/state/by-hand-store.ts';
import { discardDraft, editDraft, useDrafts } from '#renderer/state/draft-store.ts';
import { goTo, useScreen } from '#renderer/state/screen-store.ts';
import { sessionMay } from '#renderer/state/session-store.ts';
import { ariaKeysOf, hintOf } from '#renderer/state/shortcut-list.ts';
import { policyNow } from '#renderer/state/unit-store.ts';
import { troubleOf } from '#renderer/state/vault-port.ts';
import { toLondonInput } from '#renderer/ui/london-input.ts';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { ScreenMessage } from '#renderer/ui/screen-message.tsx';
import { enteredByHand } from '#renderer/words/by-hand.ts';
import { whoMay } from '#renderer/words/roles.ts';
import { say } from '#renderer/words/say.ts';
import { referenceKinds } from '#shared/domain/references/reference-kinds.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { ByHandFields } from './by-hand-fields.tsx';
import { type FieldName, fieldOf, toOpening, type Values, valuesOf } from './by-hand-form.ts';

/** What the rules say, but for a reference whose form the schema alone knows. */
const problemOf = (refusal: Refusal): string =>
  refusal.field === 'expects'
    ? say({ code: 'reference-form', params: { example: referenceKinds.crimestoppers.example } })
    : say(refusal);

interface Refused {
  readonly field: FieldName | null;
  readonly words: string;
}

function useOpening() {
  const draft = useDrafts(({ drafts }) => drafts[byHandForm]?.value);
  const [began] = useState(() => toLondonInput(Date.now()));
  const [saving, setSaving] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const values = valuesOf(draft, began);
  const change = (change: Partial<Values>) => {
    setRefused(null);
    editDraft(byHandForm, { ...values, ...change });
  };
  const open = async () => {
    if (saving) return;
    setSaving(true);
    try {
      const refusal = await openWritten(toOpening(values), draft);
      setRefused(refusal && { field: fieldOf(refusal), words: problemOf(refusal) });
    } catch (error) {
      setRefused({ field: null, words: troubleOf(error) });
    }
    setSaving(false);
  };
  const clear = () => {
    setRefused(null);
    void discardDraft(byHandForm);
  };
  return { values, change, saving, refused, open, clear, hasDraft: draft !== undefined };
}

function OpeningForm() {
  const { values, change, saving, refused, open, clear, hasDraft } = useOpening();
  const form = useRef<HTMLFormElement>(null);
  const arrival = useScreen((state) => state.arrival);
  const latest = useRef(open);
  useLayoutEffect(() => {
    latest.current = open;
  });
  const blocked = sessionMay('assess') ? null : `Only ${whoMay('assess', policyNow())} can open a case.`;
  useLayoutEffect(
    () =>
      offerActions({
        openWritten: { run: () => void latest.current(), blocked },
        back: { run: () => void goTo('queue') },
      }),
    [blocked],
  );
  useEffect(() => {
    if (arrival) form.current?.querySelector('select')?.focus();
  }, [arrival]);
  useEffect(() => {
    if (refused?.field) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [refused]);
  return (
    <Box
      component="form"
      ref={form}
      noValidate
      aria-labelledby="by-hand"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
      sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}
    >
      <Box sx={{ flex: 1, minHeight: 0, overflow: 'auto', p: 2 }}>
        <Typography id="by-hand" variant="h1" sx={{ mb: 0.5 }}>
          Open a case by hand
        </Typography>
        <Typography sx={{ color: 'text.secondary', mb: 2, maxWidth: '75ch' }}>
          {`For what did not come from the central endpoint. The case is signed by you, and says: ${enteredByHand}. Only the first two fields are needed, and what you type is kept.`}
        </Typography>
        <ByHandFields values={values} change={change} still={saving} problem={refused} />
      </Box>
      <Box sx={{ p: 1.5, borderTop: 1, borderColor: 'divider', display: 'flex', gap: 1, alignItems: 'center' }}>
        <ReasonedButton
          type="submit"
          variant="contained"
          blocked={saving ? 'Saving.' : blocked}
          keys={hintOf('openWritten')}
          aria-keyshortcuts={ariaKeysOf('openWritten')}
        >
          Open the case
        </ReasonedButton>
        {hasDraft && !saving && <Button onClick={clear}>Clear the form</Button>}
        {refused && !refused.field && (
          <Alert severity="error" variant="outlined">
            {refused.words}
          </Alert>
        )}
      </Box>
    </Box>
  );
}

/** A case from what reached the unit otherwise: written here, kept as it is typed. */
export function ByHandScreen() {
  const loading = useDrafts((state) => state.loading);
  const trouble = useDrafts((state) => state.trouble);
  if (loading) return <ScreenMessage busy title="Reading what you wrote before" />;
  return (
    <>
      {trouble && <Alert severity="error">{trouble}</Alert>}
      <OpeningForm />
    </>
  );
}
