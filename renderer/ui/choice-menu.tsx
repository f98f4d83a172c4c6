import ArrowDropDown from '@mui/icons-material/ArrowDropDown';
import Check from '@mui/icons-material/Check';
import Button from '@mui/material/Button';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { type Ref, useId, useState } from 'react';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface Props<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
  /** One at a time, as radio buttons; else any number, and none means any. */
  readonly single?: boolean;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly keyShortcuts?: string | undefined;
  readonly title?: string;
}

function summary<Value extends string>({ choices, chosen }: Props<Value>): string {
  const [first, ...others] = choices.filter(({ value }) => chosen.includes(value));
  if (!first) return 'any';
  return others.length > 0 ? `${first.label} +${others.length}` : first.label;
}

/** A filter: a button that shows what is chosen, and a menu of what can be. */
export function ChoiceMenu<Value extends string>(props: Props<Value>) {
  const { label, choices, chosen, onChange, single = false, buttonRef, keyShortcuts, title } = props;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const menu = useId();
  const choose = (value: Value) => {
    if (single) {
      onChange([value]);
      setAnchor(null);
    } else onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  };
  return (
    <>
      <Button
        ref={buttonRef}
        variant="text"
        color={chosen.length > 0 && !(single && chosen[0] === choices[0]?.value) ? 'primary' : 'inherit'}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-controls={anchor ? menu : undefined}
        aria-keyshortcuts={keyShortcuts}
        title={title}
        onClick={(event) => setAnchor(event.currentTarget)}
        endIcon={<ArrowDropDown />}
        sx={{ '& .MuiButton-endIcon': { ml: 0 } }}
      >
        {`${label}: ${summary(props)}`}
      </Button>
      <Menu
        id={menu}
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        slotProps={{ list: { 'aria-label': label } }}
      >
        {choices.map(({ value, label: text }) => (
          <MenuItem
            key={value}
            role={single ? 'menuitemradio' : 'menuitemcheckbox'}
            aria-checked={chosen.includes(value)}
            onClick={() => choose(value)}
          >
            <ListItemIcon>{chosen.includes(value) && <Check fontSize="small" />}</ListItemIcon>
            <ListItemText>{text}</ListItemText>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
