import ArrowDropDown from '@mui/icons-material/ArrowDropDown';
import Delete from '@mui/icons-material/Delete';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Popover from '@mui/material/Popover';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, type RefObject, useState } from 'react';
import { applyView, deleteView, saveView, usePreferences } from '#renderer/state/preferences-store.ts';
import { useQueue } from '#renderer/state/queue-store.ts';
import { ariaKeysOf, labelWithKeys } from '#renderer/state/shortcut-list.ts';
import { Keys } from '#renderer/ui/keys.tsx';
import { sameQuery } from '#shared/domain/case/queue-query.ts';
import { isSeen, visibleText } from '#shared/kernel/visible-text.ts';

function ViewList({ close }: { readonly close: () => void }) {
  const savedViews = usePreferences((state) => state.savedViews);
  const apply = (number: number) => {
    close();
    applyView(number);
  };
  if (savedViews.length === 0) {
    return (
      <Typography sx={{ color: 'text.secondary' }}>
        No view is saved yet. Set search, filters and order, then save them here under a name.
      </Typography>
    );
  }
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {savedViews.map(({ name }, index) => (
        <Box component="li" key={name} sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
          <Button
            color="inherit"
            onClick={() => apply(index + 1)}
            sx={{ flex: 1, justifyContent: 'flex-start', overflow: 'hidden' }}
          >
            {visibleText(name)}
          </Button>
          {index < 9 && <Keys>{String(index + 1)}</Keys>}
          <IconButton aria-label={`Delete the view ${visibleText(name)}`} onClick={() => void deleteView(name)}>
            <Delete sx={{ fontSize: 16 }} />
          </IconButton>
        </Box>
      ))}
    </Box>
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

/** Search, filters and order under a name: save, apply, delete. */
export function SavedViews({ buttonRef }: { readonly buttonRef: RefObject<HTMLButtonElement | null> }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const query = useQueue((state) => state.query);
  const current = usePreferences(({ savedViews }) => savedViews.find((view) => sameQuery(view.query, query))?.name);
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
        slotProps={{ paper: { role: 'dialog', 'aria-label': 'Saved views', sx: { p: 1.5, width: 320 } } }}
      >
        <ViewList close={close} />
        <SaveForm close={close} />
      </Popover>
    </>
  );
}
