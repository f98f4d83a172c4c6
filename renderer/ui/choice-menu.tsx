import ArrowDropDown from '@mui/icons-material/ArrowDropDown';
import Check from '@mui/icons-material/Check';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { type Ref, useId, useState } from 'react';
import { count } from './counted.ts';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface Props<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
  /** How many there are of each choice: what is absent has none. Undefined until they are counted. */
  readonly counts: Readonly<Partial<Record<Value, number>>> | undefined;
  /** Told when the menu opens and closes: only an open one needs counts. */
  readonly onToggle: (isOpen: boolean) => void;
  /** One at a time, as radio buttons; else any number, and none means any. */
  readonly single?: boolean;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly keyShortcuts?: string | undefined;
  readonly title?: string;
}

/** What is chosen, in short; null when nothing is, which means any. */
function summary<Value extends string>({ choices, chosen }: Props<Value>): string | null {
  const [first, ...others] = choices.filter(({ value }) => chosen.includes(value));
  if (!first) return null;
  return others.length > 0 ? `${first.label} +${others.length}` : first.label;
}

/** Room is kept for the number before it comes, so that the menu does not move under the hand. */
const Count = ({ of }: { readonly of: number | null }) => (
  <Box
    component="span"
    sx={{ minWidth: 44, ml: 2, textAlign: 'right', color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}
  >
    {of === null ? '' : count(of)}
  </Box>
);

/** A filter: a button that shows what is chosen, and a menu of what can be. */
export function ChoiceMenu<Value extends string>(props: Props<Value>) {
  const { label, choices, chosen, onChange, counts, onToggle, single = false, buttonRef, keyShortcuts, title } = props;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const menu = useId();
  const chosenWords = summary(props);
  const toggle = (next: HTMLElement | null) => {
    setAnchor(next);
    onToggle(next !== null);
  };
  const choose = (value: Value) => {
    if (single) {
      onChange([value]);
      toggle(null);
    } else onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  };
  return (
    <>
      <Button
        ref={buttonRef}
        variant="text"
        color={chosen.length > 0 && !(single && chosen[0] === choices[0]?.value) ? 'primary' : 'inherit'}
        aria-label={`${label}: ${chosenWords ?? 'any'}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-controls={anchor ? menu : undefined}
        aria-keyshortcuts={keyShortcuts}
        title={title}
        onClick={(event) => toggle(event.currentTarget)}
        endIcon={<ArrowDropDown />}
        sx={{ '& .MuiButton-endIcon': { ml: 0 } }}
      >
        {chosenWords ? `${label}: ${chosenWords}` : label}
      </Button>
      <Menu
        id={menu}
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => toggle(null)}
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
            <Count of={counts ? (counts[value] ?? 0) : null} />
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
