import Button, { type ButtonProps } from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { useId } from 'react';
import { hidden } from './hidden.ts';
import { KeyOnButton } from './keys.tsx';

interface Props extends Omit<ButtonProps, 'disabled'> {
  /** Why it cannot be pressed now; null when it can. Told on hover, on focus and to a screen reader. */
  readonly blocked?: string | null;
  /** The key that does the same. */
  readonly keys?: string;
}

/** A button that says why when it does nothing. It keeps the focus, so that a keyboard can read the reason. */
export function ReasonedButton({ blocked = null, keys, onClick, children, sx, ...rest }: Props) {
  const reason = useId();
  const look = blocked ? { opacity: 0.62, cursor: 'not-allowed' } : {};
  return (
    <>
      <Tooltip title={blocked ?? ''} describeChild>
        <Button
          {...rest}
          aria-disabled={blocked ? true : undefined}
          aria-describedby={blocked ? reason : undefined}
          onClick={blocked ? (event) => event.preventDefault() : onClick}
          sx={[look, ...(Array.isArray(sx) ? sx : [sx])]}
        >
          {children}
          {keys && <KeyOnButton>{keys}</KeyOnButton>}
        </Button>
      </Tooltip>
      {blocked && (
        <span id={reason} style={hidden}>
          {blocked}
        </span>
      )}
    </>
  );
}
