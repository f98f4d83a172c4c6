import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { Component, type ReactNode, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { guardTyping } from '#renderer/features/shortcuts/typing-guard.ts';
import { StatusBar } from '#renderer/features/status/status-bar.tsx';
import { useTheme } from '#renderer/state/preferences-store.ts';
import { ProtectiveMarking } from '#renderer/ui/protective-marking.tsx';
import { ScreenMessage } from '#renderer/ui/screen-message.tsx';
import { makeTheme } from '#renderer/ui/theme.ts';
import type { Probity } from '#shared/bridge/contract.ts';
import { StageScreen } from './stage-screen.tsx';
import { useLocking } from './use-locking.ts';
import { watchClipboard } from './watch-clipboard.ts';
import type { Workbench } from './workbench.ts';

interface BoundaryProps {
  readonly onLeave: () => void;
  readonly children: ReactNode;
}

/** A defect in a screen: said plainly, without what was on it. React asks for a class here. */
class ErrorBoundary extends Component<BoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  private readonly leave = () => {
    this.props.onLeave();
    this.setState({ failed: false });
  };

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <ScreenMessage
        alert
        title="This screen has failed"
        action={
          <Button variant="contained" onClick={this.leave}>
            Lock and start again
          </Button>
        }
      >
        Everything that was said to be saved is safe. What was typed in the last second may not be.
      </ScreenMessage>
    );
  }
}

function Themed({ children }: { readonly children: ReactNode }) {
  const choice = useTheme((state) => state.theme);
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)', { noSsr: true });
  const mode = choice === 'system' ? (systemIsDark ? 'dark' : 'light') : choice;
  const theme = useMemo(() => makeTheme(mode), [mode]);
  return (
    <ThemeProvider theme={theme}>
      <CssBaseline enableColorScheme />
      {children}
    </ThemeProvider>
  );
}

interface Props {
  readonly workbench: Workbench;
  readonly probity: Probity;
}

/** The frame of every screen: the protective marking above and below, one screen, one status bar. */
export function App({ workbench, probity }: Props) {
  const stage = useStore(workbench.stage);
  const open = stage.name === 'open';
  useLocking(workbench, probity, open);
  // Ends with locking: at once, and not when the minute is over.
  useEffect(() => (open ? watchClipboard(probity) : undefined), [probity, open]);
  // Also of what is shown before it is open.
  useEffect(() => guardTyping(document), []);
  useEffect(() => void workbench.start(), [workbench]);
  return (
    <Themed>
      <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
        <ProtectiveMarking at="top" />
        <ErrorBoundary
          onLeave={() => void workbench.lock('Locked after a fault in the screen. What was saved is kept.')}
        >
          <Box sx={{ flex: 1, minHeight: 0, display: 'flex', overflow: stage.name === 'open' ? 'hidden' : 'auto' }}>
            <StageScreen stage={stage} workbench={workbench} />
          </Box>
          <StatusBar invented={stage.name === 'open' && stage.invented} />
        </ErrorBoundary>
        <ProtectiveMarking at="bottom" />
      </Box>
    </Themed>
  );
}
