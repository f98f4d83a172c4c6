import ArrowDropDown from '@mui/icons-material/ArrowDropDown';
import Delete from '@mui/icons-material/Delete';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Popover from '@mui/material/Popover';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, type RefObject, useState } from 'react';
import { builtInViews, type NamedView } from '#renderer/state/built-in-views.ts';
import { applyView, deleteView, saveView, usePreferences, useViews } from '#renderer/state/preferences-store.ts';
import { useQueue } from '#renderer/state/queue-store.ts';
import { ariaKeysOf, labelWithKeys } from '#renderer/state/shortcut-list.ts';
import { Keys } from '#renderer/ui/keys.tsx';
import { sameQuery } from '#shared/domain/case/queue-query.ts';
import { isSeen, visibleText } from '#shared/kernel/visible-text.ts';

interface ViewLineProps {
  readonly view: NamedView;
  readonly number: number;
  readonly close: () => void;
  readonly isOwn: boolean;
}

function ViewLine({ view, number, close, isOwn }: ViewLineProps) {
  const name = visibleText(view.name);
  const apply = () => {
    close();
    applyView(view);
  };
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
      <Button
        color="inherit"
        onClick={apply}
        sx={{ flex: 1, minWidth: 0, justifyContent: 'flex-start', overflow: 'hidden' }}
      >
        {name}
      </Button>
      {number <= 9 && <Keys>{String(number)}</Keys>}
      {isOwn && (
        <IconButton aria-label={`Delete the view ${name}`} onClick={() => void deleteView(view.name)}>
          <Delete sx={{ fontSize: 16 }} />
        </IconButton>
      )}
    </Box>
  );
}

const listStyle = { listStyle: 'none', m: 0, p: 0 } as const;

function ViewList({ close }: { readonly close: () => void }) {
  const savedViews = usePreferences((state) => state.savedViews);
  return (
    <>
      <Box component="ul" aria-label="Built in" sx={listStyle}>
        {builtInViews.map((view, index) => (
          <ViewLine key={view.name} view={view} number={index + 1} close={close} isOwn={false} />
        ))}
      </Box>
      {savedViews.length > 0 && (
        <Box
          component="ul"
          aria-label="Your own"
          sx={{ ...listStyle, mt: 1, pt: 1, borderTop: 1, borderColor: 'divider' }}
        >
          {savedViews.map((view, index) => (
            <ViewLine key={view.name} view={view} number={builtInViews.length + index + 1} close={close} isOwn />
          ))}
        </Box>
      )}
      <Typography sx={{ color: 'text.secondary', mt: 1 }}>
        Set search, filters and order, then save them here under a name.
      </Typography>
    </>
  );
}

function SaveForm({ close }: { readonly close: () => void }) {
  const query = useQueue((state) => state.query);
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isSeen(name, 1)) return;
    void saveView(name, query);
    close();
  };
  return (
    <Box
      component="form"
      onSubmit={submit}
      sx={{ display: 'flex', gap: 1, mt: 1.5, pt: 1.5, borderTop: 1, borderColor: 'divider' }}
    >
      <TextField
        label="Name of this view"
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoFocus
        slotProps={{ htmlInput: { maxLength: 60 } }}
      />
      <Button type="submit" variant="outlined">
        Save
      </Button>
    </Box>
  );
}

/** Search, filters and order under a name: those that come with Probity, and the member's own to save and delete. */
export function SavedViews({ buttonRef }: { readonly buttonRef: RefObject<HTMLButtonElement | null> }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const query = useQueue((state) => state.query);
  const current = useViews().find((view) => sameQuery(view.query, query))?.name;
  const close = () => setAnchor(null);
  return (
    <>
      <Button
        ref={buttonRef}
        color={current ? 'primary' : 'inherit'}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        aria-keyshortcuts={ariaKeysOf('views')}
        title={labelWithKeys('views')}
        onClick={(event) => setAnchor(event.currentTarget)}
        endIcon={<ArrowDropDown />}
        sx={{ '& .MuiButton-endIcon': { ml: 0 } }}
      >
        <Box
          component="span"
          sx={{ maxWidth: 240, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
        >
          {current ? `View: ${visibleText(current)}` : 'Views'}
        </Box>
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': 'Views', sx: { p: 1.5, width: 320 } } }}
      >
        <ViewList close={close} />
        <SaveForm close={close} />
      </Popover>
    </>
  );
}
