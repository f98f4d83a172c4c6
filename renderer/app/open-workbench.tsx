import Box from '@mui/material/Box';
import { AssessmentPanel } from '#renderer/features/assessment/assessment-panel.tsx';
import { Clocks } from '#renderer/features/assessment/clocks.tsx';
import { AppearsAgain } from '#renderer/features/assessment/matches/appears-again.tsx';
import { Matches } from '#renderer/features/assessment/matches/matches.tsx';
import { Narrative } from '#renderer/features/assessment/narrative/narrative.tsx';
import { PolicyLog } from '#renderer/features/assessment/policy/policy-log.tsx';
import { ReferencesSection } from '#renderer/features/assessment/references/references-section.tsx';
import { ByHandScreen } from '#renderer/features/by-hand/by-hand-screen.tsx';
import { CaseScreen } from '#renderer/features/case/case-screen.tsx';
import { FiguresScreen } from '#renderer/features/figures/figures-screen.tsx';
import { LogScreen } from '#renderer/features/log/log-screen.tsx';
import { ChangePassphrase } from '#renderer/features/members/change-passphrase.tsx';
import { MembersScreen } from '#renderer/features/members/members-screen.tsx';
import { Palette } from '#renderer/features/palette/palette.tsx';
import { PolicyScreen } from '#renderer/features/policy/policy-screen.tsx';
import { QueueScreen } from '#renderer/features/queue/queue-screen.tsx';
import { ShortcutSheet } from '#renderer/features/shortcuts/shortcut-sheet.tsx';
import { Notice } from '#renderer/features/status/notice.tsx';
import { useScreen } from '#renderer/state/screen-store.ts';
import { listed } from '#renderer/ui/theme.ts';
import { Rail } from './rail.tsx';
import { useGlobalActions } from './use-global-actions.ts';
import type { Workbench } from './workbench.ts';

function CurrentScreen() {
  const screen = useScreen((state) => state.screen);
  switch (screen) {
    case 'queue':
      return <QueueScreen />;
    case 'case':
      return (
        <CaseScreen
          narrative={(view) => <Narrative view={view} />}
          assessment={<AssessmentPanel />}
          clocks={(view) => (
            <>
              <AppearsAgain view={view} />
              <Clocks view={view} />
            </>
          )}
          matches={(view) => (
            <>
              <ReferencesSection view={view} />
              <Matches view={view} />
              <PolicyLog view={view} />
            </>
          )}
        />
      );
    case 'byHand':
      return <ByHandScreen />;
    case 'figures':
      return <FiguresScreen />;
    case 'members':
      return <MembersScreen />;
    case 'policy':
      return <PolicyScreen />;
    case 'log':
      return <LogScreen />;
  }
}

/** The workbench while a member has it open. */
export function OpenWorkbench({ workbench }: { readonly workbench: Workbench }) {
  useGlobalActions(workbench);
  return (
    <Box sx={{ flex: 1, minHeight: 0, minWidth: 0, display: 'flex', [listed]: { flexDirection: 'column' } }}>
      <Rail />
      <Box component="main" sx={{ flex: 1, minWidth: 0, minHeight: 0, display: 'flex', position: 'relative' }}>
        <CurrentScreen />
        <Notice />
      </Box>
      <ShortcutSheet />
      <Palette />
      <ChangePassphrase />
    </Box>
  );
}
