import Box from '@mui/material/Box';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { ReactNode } from 'react';
import { type CaseTab, showTab, useStep } from '#renderer/state/step-store.ts';

/** From here on a case has three columns; below, two, and the right one has tabs. */
const threeColumns = '(min-width: 1600px)';

interface Props {
  readonly referral: ReactNode;
  readonly assessment: ReactNode;
  readonly known: ReactNode;
  readonly activity: ReactNode;
}

interface ColumnProps {
  readonly label: string;
  /** The panel of the tab is the landmark then. */
  readonly inTab?: boolean;
  readonly children: ReactNode;
}

function Column({ label, inTab = false, children }: ColumnProps) {
  return (
    <Box
      role={inTab ? 'group' : 'region'}
      aria-label={label}
      tabIndex={0}
      data-scrolls
      sx={{
        overflow: 'auto',
        p: 2,
        minWidth: 0,
        minHeight: 0,
        flex: 1,
        // What has the focus is not under the steps, nor under the button that records.
        scrollPaddingBlock: '60px',
        '&:focus-visible': { outlineOffset: -2 },
      }}
    >
      {children}
    </Box>
  );
}

const tabs = [
  { id: 'assessment', label: 'Assessment' },
  { id: 'known', label: 'What is known' },
  { id: 'activity', label: 'Activity' },
] as const satisfies readonly { id: CaseTab; label: string }[];

function TabbedColumn(props: Props) {
  const tab = useStep((state) => state.tab);
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', minHeight: 0, borderLeft: 1, borderColor: 'divider' }}>
      <Tabs
        value={tab}
        onChange={(_, chosen: CaseTab) => showTab(chosen)}
        aria-label="Case"
        sx={{ flex: 'none', borderBottom: 1, borderColor: 'divider', px: 1 }}
      >
        {tabs.map(({ id, label }) => (
          <Tab key={id} value={id} label={label} id={`tab-${id}`} aria-controls={`panel-${id}`} />
        ))}
      </Tabs>
      {tabs.map(({ id, label }) => (
        // The assessment stays in the document: a draft and its focus must not go with a tab.
        <Box
          key={id}
          role="tabpanel"
          id={`panel-${id}`}
          aria-labelledby={`tab-${id}`}
          hidden={tab !== id}
          sx={{ flex: 1, minHeight: 0, display: tab === id ? 'flex' : 'none' }}
        >
          <Column label={label} inTab>
            {props[id]}
          </Column>
        </Box>
      ))}
    </Box>
  );
}

export function CaseColumns(props: Props) {
  const wide = useMediaQuery(threeColumns, { noSsr: true });
  // Only while what asks for the room is on the screen.
  const given = useStep((state) => state.wide && state.step === 'harm');
  const columns = wide ? 'minmax(0, 1fr) minmax(0, 1.25fr) minmax(0, 0.8fr)' : 'minmax(0, 0.85fr) minmax(0, 1fr)';
  return (
    <Box
      sx={{
        flex: 1,
        minHeight: 0,
        display: 'grid',
        gridTemplateColumns: columns,
        bgcolor: 'background.paper',
        '& > *': { minHeight: 0 },
        ...(given && {
          '&:has([data-takes-room])': {
            gridTemplateColumns: wide ? 'minmax(0, 2.25fr) minmax(0, 0.8fr)' : 'minmax(0, 1fr)',
            '& > :first-of-type': { display: 'none' },
          },
        }),
      }}
    >
      <Column label="Referral">{props.referral}</Column>
      {wide ? (
        <>
          <Box sx={{ display: 'flex', borderLeft: 1, borderRight: 1, borderColor: 'divider' }}>
            <Column label="Assessment">{props.assessment}</Column>
          </Box>
          <Column label="What is known, and activity">
            {props.known}
            {props.activity}
          </Column>
        </>
      ) : (
        <TabbedColumn {...props} />
      )}
    </Box>
  );
}
