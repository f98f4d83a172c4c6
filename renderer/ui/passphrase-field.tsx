import Visibility from '@mui/icons-material/Visibility';
import VisibilityOff from '@mui/icons-material/VisibilityOff';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { type KeyboardEvent, type Ref, useState } from 'react';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | null;
  readonly help?: string | undefined;
  /** A new one is offered to no password manager: it belongs to this vault alone. */
  readonly fresh?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly autoFocus?: boolean;
}

const capsHint = 'Caps Lock is on.';

/** A passphrase: hidden until shown on purpose, with a word about Caps Lock. */
export function PassphraseField({ label, value, onChange, error, help, fresh = false, inputRef, autoFocus }: Props) {
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const watchCaps = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'));
  const words = [error ?? help, caps ? capsHint : null].filter(Boolean).join(' ');
  return (
    <TextField
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={watchCaps}
      onKeyUp={watchCaps}
      error={Boolean(error)}
      helperText={words || ' '}
      inputRef={inputRef}
      autoFocus={autoFocus ?? false}
      type={shown ? 'text' : 'password'}
      slotProps={{
        htmlInput: { autoComplete: fresh ? 'off' : 'current-password', spellCheck: false, autoCapitalize: 'off' },
        formHelperText: { 'aria-live': 'polite' },
        input: {
          endAdornment: (
            <InputAdornment position="end">
              <IconButton
                edge="end"
                aria-label={shown ? `Hide ${label.toLowerCase()}` : `Show ${label.toLowerCase()}`}
                onClick={() => setShown(!shown)}
              >
                {shown ? <VisibilityOff fontSize="small" /> : <Visibility fontSize="small" />}
              </IconButton>
            </InputAdornment>
          ),
        },
      }}
    />
  );
}
