import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type ReactNode, useContext, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { ariaKeysOf, hintOf } from '#renderer/state/shortcut-list.ts';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { Registry } from './form-registry.ts';
import type { Recordable } from './use-form.ts';

interface Props {
  readonly form: Recordable;
  readonly label: string;
  /** On the button: "Record the test". */
  readonly action: string;
  readonly children: ReactNode;
  /** Puts the form away again without recording. */
  readonly onPutAway?: (() => void) | undefined;
  /** On the button that does. */
  readonly putAway?: string;
}

const focusWhatIsWrong = (element: HTMLElement | null): void => {
  const wrong = element?.querySelector<HTMLElement>('[aria-invalid=true]');
  const control = wrong?.matches('fieldset') ? wrong.querySelector<HTMLElement>('input, textarea, select') : wrong;
  (control ?? element?.querySelector<HTMLElement>('[data-refusal]') ?? element)?.focus();
};

/** The fields of a form, the button that records it, and what stands against that. */
export function StepForm({ form, label, action, children, onPutAway, putAway = 'Leave it as it is' }: Props) {
  const { add } = useContext(Registry);
  const element = useRef<HTMLFormElement>(null);
  const refusal = useId();
  const record = async () => {
    const before = document.activeElement;
    const recorded = await form.record();
    if (recorded) return true;
    // After the reasons are on the screen: the first field that lacks something takes the focus, unless the member has
    // gone elsewhere meanwhile.
    setTimeout(() => {
      const now = document.activeElement;
      if (now === before || now === document.body) focusWhatIsWrong(element.current);
    });
    return recorded;
  };
  const latest = useRef(record);
  useEffect(() => {
    latest.current = record;
  });
  const [unplaced, setUnplaced] = useState<string | null>(null);
  useLayoutEffect(() => {
    const isShown = element.current?.querySelector('[aria-invalid=true], [role=alert]:not([data-refusal])');
    setUnplaced(isShown ? null : form.refusalOfField);
  });
  const refused = form.refusal ?? unplaced;
  const { key, saving, blocked } = form;
  // What is on its way is not waiting to be recorded.
  const hasDraft = form.hasDraft && !saving;
  useEffect(() => {
    if (!element.current) return;
    return add({ key, element: element.current, hasDraft, blocked, record: () => latest.current() });
  }, [add, key, hasDraft, blocked]);
  return (
    <Box
      component="form"
      ref={element}
      aria-label={label}
      noValidate
      onSubmit={(event) => event.preventDefault()}
      sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, mt: 1 }}
    >
      {children}
      {refused && (
        <Box
          id={refusal}
          role="alert"
          data-refusal
          tabIndex={-1}
          sx={{ fontWeight: 650, color: 'error.main', outline: 'none' }}
        >
          {refused}
        </Box>
      )}
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1,
          flexWrap: 'wrap',
          // In sight as long as any of the form is: on the lower edge of the column, whose padding of 16 pixels (case-columns.tsx) it covers.
          position: 'sticky',
          bottom: -16,
          pb: 2,
          pt: 1,
          mb: -2,
          // The frames of fields below it reach half a pixel further.
          mx: '-2px',
          px: '2px',
          bgcolor: 'background.paper',
          zIndex: 1,
        }}
      >
        <ReasonedButton
          variant="contained"
          blocked={saving ? 'Saving.' : blocked}
          keys={hintOf('record')}
          aria-keyshortcuts={ariaKeysOf('record')}
          onClick={() => void record()}
        >
          {action}
        </ReasonedButton>
        {hasDraft && (
          <Button color="inherit" onClick={form.discard}>
            Discard the draft
          </Button>
        )}
        {!form.hasDraft && onPutAway && (
          <Button color="inherit" onClick={onPutAway}>
            {putAway}
          </Button>
        )}
        {blocked && (
          <Box component="span" sx={{ color: 'text.secondary', fontSize: 12 }}>
            {blocked}
          </Box>
        )}
      </Box>
    </Box>
  );
}
