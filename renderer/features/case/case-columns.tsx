import Box from '@mui/material/Box';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import useMediaQuery from '@mui/material/useMediaQuery';
import { type ReactNode, useLayoutEffect } from 'react';
import { type CaseTab, showTab, useStep } from '#renderer/state/step-store.ts';
import { oneColumn } from '#renderer/ui/theme.ts';

/** From here on a case has three columns; below, two, and the right one has tabs; of one column, all is in tabs. */
const threeColumns = '(min-width: 1600px)';

interface Props {
  readonly referral: ReactNode;
  readonly assessment: ReactNode;
  readonly known: ReactNode;
  readonly activity: ReactNode;
}

const tabs = [
  { id: 'referral', label: 'Referral' },
  { id: 'assessment', label: 'Assessment' },
  { id: 'known', label: 'What is known' },
  { id: 'activity', label: 'Activity' },
] as const satisfies readonly { id: CaseTab; label: string }[];

/** Where the parts stand, by the width of the window: tracks of the grid, and the places of tabs, of the referral and of the rest. */
const layouts = {
  one: { columns: 'minmax(0, 1fr)', rows: 'auto minmax(0, 1fr)', tabs: '1 / 1', referral: '2 / 1', rest: '2 / 1' },
  two: {
    columns: 'minmax(0, 0.85fr) minmax(0, 1fr)',
    rows: 'auto minmax(0, 1fr)',
    ...{ tabs: '1 / 2', referral: '1 / 1 / 3', rest: '2 / 2' },
  },
  three: {
    columns: 'minmax(0, 1fr) minmax(0, 1.25fr) minmax(0, 0.8fr)',
    rows: 'minmax(0, 1fr)',
    ...{ tabs: 'auto', referral: '1 / 1', rest: '1 / 2' },
  },
} as const;

/** What asks for the room of the referral, whose text it shows itself, has it. */
const room = (gridTemplateColumns: string) => ({
  '&:has([data-takes-room])': { gridTemplateColumns, '& > [data-column=referral]': { display: 'none' } },
});
const roomGiven = { two: room('0 minmax(0, 1fr)'), three: room('0 minmax(0, 2.25fr) minmax(0, 0.8fr)') } as const;

const scrolling = {
  ...{ overflow: 'auto', p: 2, minWidth: 0, minHeight: 0, flex: 1 },
  // What has the focus is not under the steps, nor under the button that records.
  scrollPaddingBlock: '60px',
  '&:focus-visible': { outlineOffset: -2 },
} as const;

/** @param as a column of its own, the panel of a tab, or a part of a column */
interface PartProps {
  readonly id: CaseTab;
  readonly label: string;
  readonly as: 'column' | 'tab' | 'part';
  readonly shown: boolean;
  readonly area: string;
  readonly bordered: boolean;
  readonly children: ReactNode;
}

/** The same elements at every width: what is open, typed or focused stays when a window is made smaller or enlarged. */
function Part({ id, label, as, shown, area, bordered, children }: PartProps) {
  return (
    <Box
      {...(as === 'tab' && { role: 'tabpanel', id: `panel-${id}`, 'aria-labelledby': `tab-${id}` })}
      data-column={id}
      hidden={!shown}
      sx={{
        ...{ gridArea: area, minHeight: 0, minWidth: 0, display: shown ? 'flex' : 'none' },
        borderLeft: bordered ? 1 : 0,
        borderColor: 'divider',
        '& + [data-column=activity]': { mt: as === 'part' ? 2.5 : 0 },
      }}
    >
      <Box
        {...(as !== 'part' && {
          role: as === 'tab' ? 'group' : 'region',
          'aria-label': label,
          tabIndex: 0,
          'data-scrolls': true,
        })}
        sx={as === 'part' ? { flex: 1, minWidth: 0 } : scrolling}
      >
        {children}
      </Box>
    </Box>
  );
}

function useLayout(): keyof typeof layouts {
  const wide = useMediaQuery(threeColumns, { noSsr: true });
  const alone = useMediaQuery(oneColumn, { noSsr: true });
  return wide ? 'three' : alone ? 'one' : 'two';
}

/** Whoever is at work in a part that would go out of sight goes on in it. */
function useFollowFocus(layout: keyof typeof layouts): void {
  useLayoutEffect(() => {
    const part = document.activeElement?.closest<HTMLElement>('[data-column]');
    const id = tabs.find((each) => each.id === part?.dataset.column)?.id;
    if (layout !== 'three' && part?.hidden && id) showTab(id);
  }, [layout]);
}

const isTab = (layout: keyof typeof layouts, id: CaseTab): boolean =>
  layout === 'one' || (layout === 'two' && id !== 'referral');

export function CaseColumns(props: Props) {
  const layout = useLayout();
  useFollowFocus(layout);
  const wanted = useStep((state) => state.tab);
  const tab = isTab(layout, wanted) ? wanted : 'assessment';
  // Only while what asks for the room is on the screen.
  const given = useStep((state) => state.wide && state.step === 'harm');
  const { columns, rows, ...areas } = layouts[layout];
  const part = ({ id, label }: (typeof tabs)[number]) => {
    const as = isTab(layout, id)
      ? 'tab'
      : layout === 'three' && (id === 'known' || id === 'activity')
        ? 'part'
        : 'column';
    return (
      <Part
        key={id}
        id={id}
        label={label}
        as={as}
        shown={as !== 'tab' || tab === id}
        area={id === 'referral' ? areas.referral : areas.rest}
        bordered={layout !== 'one' && id !== 'referral' && as !== 'part'}
      >
        {props[id]}
      </Part>
    );
  };
  const [referral, assessment, known, activity] = tabs;
  return (
    <Box
      sx={{
        ...{ flex: 1, minHeight: 0, display: 'grid', bgcolor: 'background.paper' },
        gridTemplateColumns: columns,
        gridTemplateRows: rows,
        ...(given && layout !== 'one' && roomGiven[layout]),
      }}
    >
      {part(referral)}
      {layout !== 'three' && (
        <Tabs
          value={tab}
          onChange={(_, next: CaseTab) => showTab(next)}
          aria-label="Case"
          sx={{
            gridArea: areas.tabs,
            borderBottom: 1,
            borderLeft: layout === 'two' ? 1 : 0,
            borderColor: 'divider',
            px: 1,
          }}
        >
          {tabs
            .filter(({ id }) => isTab(layout, id))
            .map(({ id, label }) => (
              <Tab key={id} value={id} label={label} id={`tab-${id}`} aria-controls={`panel-${id}`} />
            ))}
        </Tabs>
      )}
      {part(assessment)}
      <Box
        {...(layout === 'three' && {
          role: 'region',
          'aria-label': 'What is known, and activity',
          tabIndex: 0,
          'data-scrolls': true,
        })}
        sx={layout === 'three' ? { ...scrolling, borderLeft: 1, borderColor: 'divider' } : { display: 'contents' }}
      >
        {part(known)}
        {part(activity)}
      </Box>
    </Box>
  );
}
