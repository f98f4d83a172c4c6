import Close from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import FormControlLabel from '@mui/material/FormControlLabel';
import IconButton from '@mui/material/IconButton';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { setSingleKeys, usePreferences } from '#renderer/state/preferences-store.ts';
import { showPanel, useScreen } from '#renderer/state/screen-store.ts';
import { type ActionId, actionIds, keysOf, type ShortcutScope, shortcuts } from '#renderer/state/shortcut-list.ts';
import { Keys } from '#renderer/ui/keys.tsx';
import { Section } from '#renderer/ui/section.tsx';

const scopes: readonly { readonly id: ShortcutScope; readonly title: string }[] = [
  { id: 'everywhere', title: 'Everywhere' },
  { id: 'queue', title: 'In the queue' },
  { id: 'case', title: 'In a case' },
  { id: 'byHand', title: 'While a case is opened by hand' },
];

const views = /^view[2-9]$/;
const inScope = (scope: ShortcutScope): ActionId[] =>
  actionIds.filter((id) => shortcuts[id].where.includes(scope) && shortcuts[id].keys.length > 0 && !views.test(id));

function ShortcutRow({ id }: { readonly id: ActionId }) {
  const isViews = id === 'view1';
  const keys = isViews ? ['1 to 9'] : keysOf(id);
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1, py: 0.35, alignItems: 'baseline' }}>
      <Box component="span" sx={{ flex: 1 }}>
        {isViews ? 'Apply saved view 1 to 9' : shortcuts[id].label}
      </Box>
      {keys.map((key) => (
        <Keys key={key}>{key}</Keys>
      ))}
    </Box>
  );
}

/** What the keys do: the same list that the listener follows. */
export function ShortcutSheet() {
  const open = useScreen(({ panel }) => panel === 'shortcuts');
  const singleKeys = usePreferences((state) => state.singleKeys);
  const close = () => showPanel(null);
  return (
    <Drawer
      anchor="right"
      open={open}
      onClose={close}
      slotProps={{ paper: { role: 'dialog', 'aria-label': 'Shortcuts', sx: { width: 380, p: 2 } } }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', mb: 1.5 }}>
        <Typography variant="h1" component="h2" sx={{ flex: 1 }}>
          Shortcuts
        </Typography>
        <IconButton aria-label="Close" onClick={close} autoFocus>
          <Close fontSize="small" />
        </IconButton>
      </Box>
      {scopes.map(({ id: scope, title }) => (
        <Section key={scope} title={title}>
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {inScope(scope).map((id) => (
              <ShortcutRow key={id} id={id} />
            ))}
          </Box>
        </Section>
      ))}
      <Box sx={{ mt: 2.5, pt: 1, borderTop: 1, borderColor: 'divider' }}>
        <FormControlLabel
          control={<Switch size="small" checked={singleKeys} onChange={(_, on) => void setSingleKeys(on)} />}
          label="Use single letters as shortcuts"
        />
        <Typography variant="caption" component="p" sx={{ color: 'text.secondary' }}>
          Switch this off if you dictate, or if keys are pressed by accident. Combinations with Ctrl and Alt stay.
        </Typography>
      </Box>
    </Drawer>
  );
}
