import BarChart from '@mui/icons-material/BarChart';
import Contrast from '@mui/icons-material/Contrast';
import FactCheck from '@mui/icons-material/FactCheck';
import Group from '@mui/icons-material/Group';
import Inbox from '@mui/icons-material/Inbox';
import Keyboard from '@mui/icons-material/Keyboard';
import PostAdd from '@mui/icons-material/PostAdd';
import Search from '@mui/icons-material/Search';
import Tune from '@mui/icons-material/Tune';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { ComponentType } from 'react';
import { runAction } from '#renderer/state/action-store.ts';
import { setTheme, useTheme } from '#renderer/state/preferences-store.ts';
import { useScreen } from '#renderer/state/screen-store.ts';
import { sessionMay } from '#renderer/state/session-store.ts';
import { type ActionId, ariaKeysOf, labelWithKeys } from '#renderer/state/shortcut-list.ts';
import { useStatus } from '#renderer/state/status-store.ts';
import { listed } from '#renderer/ui/theme.ts';

interface ItemProps {
  readonly Icon: ComponentType<{ fontSize?: 'small' }>;
  readonly label: string;
  readonly title: string;
  readonly keys?: string | undefined;
  readonly current?: boolean;
  readonly onClick: () => void;
}

function Item({ Icon, label, title, keys, current = false, onClick }: ItemProps) {
  return (
    <ButtonBase
      onClick={onClick}
      title={title}
      aria-current={current ? 'page' : undefined}
      aria-keyshortcuts={keys}
      sx={{
        flexDirection: 'column',
        fontFamily: 'inherit',
        gap: 0.25,
        width: '100%',
        flex: 'none',
        [listed]: { flexDirection: 'row', gap: 0.5, flex: '1 1 0', minWidth: 0, width: 'auto' },
        py: 0.75,
        fontSize: 12,
        color: current ? 'primary.main' : 'text.secondary',
        bgcolor: current ? 'action.selected' : undefined,
        boxShadow: current ? (theme) => `inset 3px 0 0 ${theme.palette.primary.main}` : undefined,
        fontWeight: current ? 650 : 400,
        '&:hover': { color: current ? 'primary.main' : 'text.primary' },
        '&:focus-visible': { outlineOffset: -2 },
      }}
    >
      <Icon fontSize="small" />
      {label}
    </ButtonBase>
  );
}

function ActionItem({ id, ...rest }: { readonly id: ActionId } & Omit<ItemProps, 'title' | 'onClick'>) {
  return <Item {...rest} title={labelWithKeys(id)} keys={ariaKeysOf(id)} onClick={() => runAction(id)} />;
}

const themes = { system: 'light', light: 'dark', dark: 'system' } as const;
const themeWords = { system: 'Auto', light: 'Light', dark: 'Dark' } as const;

function ThemeItem() {
  const theme = useTheme((state) => state.theme);
  const next = themes[theme];
  const title = `Theme: ${themeWords[theme]}. Change to ${themeWords[next]}`;
  return <Item Icon={Contrast} label={themeWords[theme]} title={title} onClick={() => void setTheme(next)} />;
}

/** The places, and what is at hand in all of them. */
export function Rail() {
  const screen = useScreen((state) => state.screen);
  const warned = useStatus(({ status }) => (status?.warnings.length ?? 0) > 0);
  return (
    <Box
      component="nav"
      aria-label="Places"
      sx={{
        width: 72,
        flex: 'none',
        display: 'flex',
        flexDirection: 'column',
        borderRight: 1,
        borderColor: 'divider',
        bgcolor: 'background.default',
        py: 0.5,
        overflowY: 'auto',
        [listed]: {
          width: 'auto',
          flexDirection: 'row',
          borderRight: 0,
          borderBottom: 1,
          borderColor: 'divider',
          py: 0,
        },
      }}
    >
      <ActionItem id="goQueue" Icon={Inbox} label="Queue" current={screen === 'queue' || screen === 'case'} />
      {sessionMay('assess') && (
        <ActionItem id="enterByHand" Icon={PostAdd} label="Open" current={screen === 'byHand'} />
      )}
      <ActionItem id="goFigures" Icon={BarChart} label="Figures" current={screen === 'figures'} />
      {sessionMay('admitMember') && (
        <ActionItem id="goMembers" Icon={Group} label="Members" current={screen === 'members'} />
      )}
      <ActionItem id="goPolicy" Icon={Tune} label="Policy" current={screen === 'policy'} />
      <ActionItem id="goLog" Icon={FactCheck} label={warned ? 'Log !' : 'Log'} current={screen === 'log'} />
      <Box sx={{ flex: 1, [listed]: { display: 'none' } }} />
      <ActionItem id="find" Icon={Search} label="Find" />
      <ActionItem id="help" Icon={Keyboard} label="Keys" />
      <ThemeItem />
    </Box>
  );
}
