import { memo, type ReactNode } from 'react';
import type { QueueRow } from '#renderer/state/queue-store.ts';
import { ClockLabel, sayClock } from '#renderer/ui/clock-label.tsx';
import { Received } from '#renderer/ui/received.tsx';
import { dayAndPart } from '#renderer/ui/time.ts';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { useNow } from '#renderer/ui/use-now.ts';
import { clockNames, toneOfClock } from '#renderer/words/clocks.ts';
import { sayReason } from '#renderer/words/match-reasons.ts';
import { saySubjects } from '#renderer/words/subjects.ts';
import { priorityTones, urgencyTones } from '#renderer/words/tones.ts';
import { selectClocks } from '#shared/domain/case/case-clocks.ts';
import { statuses } from '#shared/domain/case/case-state.ts';
import { intelligenceCategories } from '#shared/domain/classification/intelligence-categories.ts';
import { priorities } from '#shared/domain/priority/priorities.ts';
import { publicCategories } from '#shared/domain/report/public-categories.ts';
import { columns } from './columns.ts';
import { cellClass, folded } from './folding.ts';
import { RowMarks } from './row-marks.tsx';
import { ownerOf, subjectOf } from './row-words.ts';

/** What the public called it, which the column is sorted by; then the primary category that the unit recorded. */
function Categories({ row: { categories, assessed } }: { readonly row: QueueRow }) {
  const reported = categories.map((category) => publicCategories[category].short).join(', ');
  if (!assessed?.primary) return reported;
  return (
    <>
      {reported} <span className="muted">{`· ${intelligenceCategories[assessed.primary].short}`}</span>
    </>
  );
}

function categoriesTitle({ categories, assessed }: QueueRow): string {
  const reported = `Public categories: ${categories.map((category) => publicCategories[category].label).join('; ')}`;
  if (!assessed || assessed.categories.length === 0) return reported;
  const recorded = assessed.categories.map(
    (category) => `${intelligenceCategories[category].label}${category === assessed.primary ? ' (primary)' : ''}`,
  );
  return `${reported}\nRecorded as: ${recorded.join('; ')}`;
}

const whereAgain = ({ reference, receivedAt, because }: NonNullable<QueueRow['appearsAgain']>[number]): string =>
  `${reference}, received ${dayAndPart(Date.parse(receivedAt))}, because: ${because.map(sayReason).join('; ')}`;

/** What runs out first. A subject that appears again is for today: it comes before what is only looked at on some day. */
function Clock({ row }: { readonly row: QueueRow }) {
  const now = useNow();
  const clocks = selectClocks(row).map((clock) => ({ ...clock, name: clockNames[clock.id] }));
  const [first] = clocks;
  const again = row.appearsAgain ? [`Appears again in ${row.appearsAgain.map(whereAgain).join('\nand in ')}`] : [];
  const running = clocks.map((clock) => sayClock(clock, now));
  const runsToAnHour = first !== undefined && first.day === null;
  if (again.length > 0 && !runsToAnHour) {
    return (
      <ToneLabel tone="amber" title={[...again, ...running].join('\n')}>
        Subject appears again
      </ToneLabel>
    );
  }
  if (!first) return <span className="muted">Decided</span>;
  return <ClockLabel clock={first} tone={toneOfClock(first, now)} title={[...running, ...again].join('\n')} />;
}

function AtRisk({ count, worst }: QueueRow['atRisk']) {
  if (!worst) return <span className="muted">None named</span>;
  return <ToneLabel tone={urgencyTones[worst]}>{`${count} ${worst}`}</ToneLabel>;
}

/** With its owner, where there is no room for their column. */
function Status({ row }: { readonly row: QueueRow }) {
  return (
    <>
      {statuses[row.status]}
      {row.waiting && <span className="muted"> · waiting</span>}
      {row.holder && <span className={`${folded('holder')} muted`}>{` · ${ownerOf(row)}`}</span>}
    </>
  );
}

function priorityTitle({ assessed, priority }: QueueRow): string {
  if (!assessed?.priority) return `As received: ${priorities[priority].when}`;
  return assessed.isOverridden ? 'As assessed, and set by a person' : 'As assessed';
}

/** The cells of one row, in the order of `columns`. */
const cellsOf = (row: QueueRow): readonly ReactNode[] => [
  <Clock key="clock" row={row} />,
  <ToneLabel
    key="priority"
    tone={priorityTones[row.priority]}
    strong={row.priority === 'immediate'}
    title={priorityTitle(row)}
  >
    {priorities[row.priority].label}
  </ToneLabel>,
  row.reference,
  <Received key="received" at={row.receivedAt} />,
  subjectOf(row),
  <RowMarks key="marks" row={row} />,
  <Categories key="categories" row={row} />,
  <AtRisk key="atRisk" {...row.atRisk} />,
  <Status key="status" row={row} />,
  <span key="holder" className={row.holder ? undefined : 'muted'}>
    {ownerOf(row)}
  </span>,
];

function statusTitle(row: QueueRow): string {
  const owner = row.holder ? `, owner ${ownerOf(row)}` : '';
  return `${statuses[row.status]}${owner}${row.waiting ? '. Saved here; the endpoint does not have it yet' : ''}`;
}

const tooltips = (row: QueueRow): Readonly<Record<string, string>> => ({
  received: dayAndPart(Date.parse(row.receivedAt)),
  categories: categoriesTitle(row),
  subject: saySubjects(row.subject),
  status: statusTitle(row),
  holder: row.holderName ?? '',
});

const reading: readonly ReactNode[] = [
  <span key="reading" className="muted">
    Reading
  </span>,
];

interface Props {
  /** Null while its page is on its way. */
  readonly row: QueueRow | null;
  readonly onOpen: () => void;
}

export const RowCells = memo(function RowCells({ row, onOpen }: Props) {
  const cells = row ? cellsOf(row) : reading;
  const titles = row ? tooltips(row) : {};
  return columns.slice(0, cells.length).map(({ id }, index) => (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter and O open the active row
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    // biome-ignore lint/a11y/useSemanticElements: a table cannot leave out the rows that are not on screen
    <div
      key={id}
      role="gridcell"
      aria-colindex={index + 1}
      className={cellClass(id)}
      title={titles[id] || undefined}
      onClick={id === 'reference' ? onOpen : undefined}
    >
      {cells[index]}
    </div>
  ));
});
