import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { type CountsView, loadCounts, useCounts, withholdInCounts } from '#renderer/state/counts-store.ts';
import { notify } from '#renderer/state/notice-store.ts';
import { useScreen } from '#renderer/state/screen-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { useUnit } from '#renderer/state/unit-store.ts';
import { ScreenMessage } from '#renderer/ui/screen-message.tsx';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { absolute } from '#renderer/ui/time.ts';
import { useArrival } from '#renderer/ui/use-arrival.ts';
import { type FigureGroup, figureGroups, sayYear, wholeWords, withheldWords } from '#renderer/words/figures.ts';
import { showAll, withholdSmall } from '#shared/domain/counting/withhold-small.ts';
import { copyText, figuresCsv } from './figures-csv.ts';
import { FiguresTable } from './figures-table.tsx';

/** The years that can be chosen: those with cases, this one, and the one that is shown. */
const yearsOf = ({ counts: { years, year }, current }: CountsView): readonly number[] =>
  [...new Set([...years, current, year])].sort((one, other) => other - one);

/** How many cases there were, by category, outcome and standard: what an inspection and a request under FOI ask. */
export function FiguresScreen() {
  const heading = useArrival(useScreen((state) => state.arrival));
  useEffect(() => void loadCounts(), []);
  return (
    <Box sx={{ p: 2, overflow: 'auto', flex: 1, display: 'flex', flexDirection: 'column' }}>
      <Typography variant="h1" ref={heading} tabIndex={-1} sx={{ outline: 'none' }}>
        Figures
      </Typography>
      <Typography sx={{ mb: 1.5, color: 'text.secondary', maxWidth: '75ch' }}>
        Cases by the day in London on which they were received, as they stand now, of those that you read.
      </Typography>
      <Figures />
    </Box>
  );
}

function Figures() {
  const { view, withheld, trouble } = useCounts();
  if (trouble) {
    const again = (
      <Button variant="contained" onClick={() => void loadCounts()}>
        Try again
      </Button>
    );
    return (
      <ScreenMessage alert title="The figures cannot be shown" action={again}>
        {trouble}
      </ScreenMessage>
    );
  }
  if (!view) return <ScreenMessage busy title="Counting the cases" />;
  const groups = figureGroups(withheld ? withholdSmall(view.counts) : showAll(view.counts));
  return (
    <div>
      <FiguresBar view={view} groups={groups} withheld={withheld} />
      <Typography role="status" sx={{ mb: 1.5, fontWeight: withheld ? 400 : 650 }}>
        {withheld ? withheldWords : wholeWords}
      </Typography>
      {/* Thirteen numbers in a row are as wide as they are: they scroll by themselves where the window is narrow. */}
      <Box
        component="section"
        data-scrolls-sideways
        tabIndex={0}
        aria-label="Tables by month"
        sx={{ overflowX: 'auto', pb: 1 }}
      >
        {groups.map((group) => (
          <FiguresTable key={group.title} group={group} year={view.counts.year} />
        ))}
      </Box>
    </div>
  );
}

interface BarProps {
  readonly view: CountsView;
  readonly withheld: boolean;
  readonly groups: readonly FigureGroup[];
}

function copyCsv({ view: { at, counts }, groups, withheld }: BarProps): void {
  const { unit } = useUnit.getState().record.names;
  const by = useSession.getState().session?.member.name ?? '';
  const csv = figuresCsv(groups, { unit, year: counts.year, when: absolute(at), by, withheld });
  if (copyText(csv)) notify('Copied as CSV. The clipboard is cleared in a minute: paste it before.');
  else notify('Nothing was copied: this computer did not let the text into the clipboard.', 'refusal');
}

/** Which year, whether small numbers are withheld, and what may be done with what is shown. */
function FiguresBar(props: BarProps) {
  const { view, withheld } = props;
  const options = yearsOf(view).map((year) => ({ value: String(year), label: sayYear(year) }));
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, mb: 1 }}>
      <SelectIn
        label="Financial year"
        width={160}
        options={options}
        value={String(view.counts.year)}
        onChange={(year) => void loadCounts(year === '' ? view.current : Number(year))}
        none="This year"
      />
      <FormControlLabel
        control={<Checkbox size="small" checked={withheld} onChange={(_, checked) => withholdInCounts(checked)} />}
        label="Withhold small numbers"
      />
      <Button variant="outlined" onClick={() => copyCsv(props)}>
        Copy as CSV
      </Button>
      <Button onClick={() => void loadCounts()}>Count again</Button>
      <Typography variant="caption" sx={{ color: 'text.secondary' }}>{`Counted ${absolute(view.at)}`}</Typography>
    </Box>
  );
}
