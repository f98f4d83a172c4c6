import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import InputBase from '@mui/material/InputBase';
import { type KeyboardEvent, useId, useState } from 'react';
import { showPanel, useScreen } from '#renderer/state/screen-store.ts';
import { PaletteRow } from './palette-row.tsx';
import { useChoice } from './use-choice.ts';
import { type Findings, type Found, useFindings } from './use-findings.ts';

function PaletteBody({ close }: { readonly close: () => void }) {
  const [text, setText] = useState('');
  const { found: findings, answer } = useFindings(text);
  const list = useId();
  const choose = (found: Found | undefined) => {
    if (!found) return;
    close();
    // After the dialog has given the focus back, so that the action can place it.
    setTimeout(found.run, 0);
  };
  const { at, isWaiting, move, enter, typed } = useChoice(findings, answer, choose);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') enter();
    else if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <InputBase
        autoFocus
        fullWidth
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          typed();
        }}
        onKeyDown={onKeyDown}
        placeholder="Reference, subject, collar number, or an action"
        sx={{ px: 2, py: 1, fontSize: 15, borderBottom: 1, borderColor: 'divider' }}
        slotProps={{
          input: {
            role: 'combobox',
            'aria-label': 'Find or do',
            'aria-expanded': true,
            'aria-controls': list,
            'aria-autocomplete': 'list',
            'aria-activedescendant': findings[at] ? `${list}-${at}` : undefined,
            spellCheck: false,
            autoComplete: 'off',
          },
        }}
      />
      <Box role="listbox" id={list} aria-label="Cases and actions" sx={{ overflow: 'auto', maxHeight: 420, py: 0.5 }}>
        {findings.map((found, index) => (
          <PaletteRow key={found.id} id={`${list}-${index}`} found={found} active={index === at} onChoose={choose} />
        ))}
      </Box>
      {(isWaiting || answer === 'failed' || findings.length === 0) && (
        <Box role="status" sx={{ px: 2, pb: 1.5, color: 'text.secondary' }}>
          {statusWords[answer]}
        </Box>
      )}
    </>
  );
}

const statusWords: Readonly<Record<Findings['answer'], string>> = {
  waiting: 'Looking …',
  come: 'Nothing found. Try a reference, part of a name, or a collar number.',
  failed: 'The cases could not be searched just now. Type on, or close this and try again.',
};

/** Ctrl+K: finds any case, runs any action. */
export function Palette() {
  const open = useScreen(({ panel }) => panel === 'palette');
  const close = () => showPanel(null);
  return (
    <Dialog
      open={open}
      onClose={close}
      fullWidth
      maxWidth="sm"
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' } }}
      slotProps={{ paper: { 'aria-label': 'Find or do', sx: { mt: 8 } } }}
    >
      {open && <PaletteBody close={close} />}
    </Dialog>
  );
}
