import Close from '@mui/icons-material/Close';
import Search from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import type { KeyboardEvent, RefObject } from 'react';
import { narrows } from '#renderer/state/queue-query.ts';
import { clearFilters, setQuery, showHeld, useQueue } from '#renderer/state/queue-store.ts';
import { ariaKeysOf, hintOf, labelWithKeys } from '#renderer/state/shortcut-list.ts';
import { count, counted } from '#renderer/ui/counted.ts';
import { KeyOnButton, Keys } from '#renderer/ui/keys.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { priorityTones } from '#renderer/words/tones.ts';
import { priorities } from '#shared/domain/priority/priorities.ts';
import { QueueFilters } from './queue-filters.tsx';
import { SavedViews } from './saved-views.tsx';

export interface ToolbarRefs {
  readonly search: RefObject<HTMLInputElement | null>;
  readonly filter: RefObject<HTMLButtonElement | null>;
  readonly views: RefObject<HTMLButtonElement | null>;
}

interface Props {
  readonly refs: ToolbarRefs;
  readonly toGrid: () => void;
}

function SearchBox({ refs, toGrid }: Props) {
  const text = useQueue((state) => state.query.text);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    toGrid();
  };
  return (
    <TextField
      value={text}
      onChange={(event) => setQuery({ text: event.target.value })}
      onKeyDown={onKeyDown}
      inputRef={refs.search}
      placeholder="Search"
      sx={{ width: 210, flex: 'none', '& .MuiInputBase-root': { height: 28, pr: 0.75, bgcolor: 'background.paper' } }}
      slotProps={{
        htmlInput: {
          'aria-label': 'Search the queue',
          'aria-keyshortcuts': ariaKeysOf('search'),
          title: 'Whatever a referral says, its reference, or a category',
          spellCheck: false,
          autoComplete: 'off',
        },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <Search sx={{ fontSize: 16 }} />
            </InputAdornment>
          ),
          endAdornment: text ? (
            <IconButton aria-label="Clear the search" onClick={() => setQuery({ text: '' })} sx={{ p: 0.625 }}>
              <Close sx={{ fontSize: 14 }} />
            </IconButton>
          ) : (
            <Keys>{hintOf('search')}</Keys>
          ),
        },
      }}
    />
  );
}

function Counts() {
  const matching = useQueue((state) => state.matching);
  const total = useQueue((state) => state.total);
  const inBrief = useQueue((state) => state.searchedInBrief);
  if (matching === null || total === null) return null;
  return (
    <Box role="status" sx={{ whiteSpace: 'nowrap', color: 'text.secondary' }}>
      {matching === total ? counted(total, 'case', 'cases') : `${count(matching)} of ${count(total)}`}
      {inBrief && ', narratives not searched yet'}
    </Box>
  );
}

/** What came in waits while somebody aims at a row. */
function Held() {
  const held = useQueue((state) => state.held);
  if (!held) return null;
  const { newcomers, worst } = held;
  const words = newcomers > 0 ? counted(newcomers, 'new case', 'new cases') : 'The order has changed';
  return (
    <Box role="status" sx={{ display: 'flex', alignItems: 'center', gap: 0.5, whiteSpace: 'nowrap' }}>
      {worst ? (
        <ToneLabel tone={priorityTones[worst]} strong>{`${words}, ${priorities[worst].label.toLowerCase()}`}</ToneLabel>
      ) : (
        words
      )}
      <Button onClick={showHeld} title={labelWithKeys('showHeld')} aria-keyshortcuts={ariaKeysOf('showHeld')}>
        Show
        <KeyOnButton>{hintOf('showHeld')}</KeyOnButton>
      </Button>
    </Box>
  );
}

export function QueueToolbar(props: Props) {
  const query = useQueue((state) => state.query);
  return (
    <Box
      role="search"
      aria-label="Queue"
      sx={{
        display: 'flex',
        // A second line rather than a filter that is out of sight, on a small screen or enlarged.
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 0.5,
        px: 1,
        py: 0.75,
        minHeight: 44,
        flex: 'none',
      }}
    >
      <SearchBox {...props} />
      <QueueFilters firstRef={props.refs.filter} />
      <SavedViews buttonRef={props.refs.views} />
      {narrows(query) && (
        <Button
          color="inherit"
          onClick={clearFilters}
          title={labelWithKeys('clearFilters')}
          aria-keyshortcuts={ariaKeysOf('clearFilters')}
        >
          Clear
        </Button>
      )}
      <Box sx={{ flex: 1 }} />
      <Held />
      <Counts />
    </Box>
  );
}
