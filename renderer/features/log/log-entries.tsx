import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import {
  type LogLine,
  loadLog,
  newerEntries,
  olderEntries,
  pageSize,
  useLog,
  useLogWentOn,
} from '#renderer/state/log-store.ts';
import { openCase } from '#renderer/state/screen-store.ts';
import { useUnit } from '#renderer/state/unit-store.ts';
import { count } from '#renderer/ui/counted.ts';
import { PersonName } from '#renderer/ui/person-name.tsx';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { absolute, dayAndPart } from '#renderer/ui/time.ts';
import { sayLogLine } from '#renderer/words/log-lines.ts';
import { oneMinute } from '#shared/kernel/durations.ts';
import { LogFilters } from './log-filters.tsx';

/** The hour of a referral, or of a call that a member took, points to who reported it, and what cannot be read may be one. */
const hidesHour = ({ what }: LogLine): boolean =>
  'unread' in what || what.type === 'referral.received' || what.type === 'case.opened';

function When({ line }: { readonly line: LogLine }) {
  const { at, arrivedAt } = line;
  const done = at === null ? null : Date.parse(at);
  if (arrivedAt === null) return <>{`${done === null ? '' : absolute(done)}. Waiting to sync`}</>;
  if (hidesHour(line)) return <>{dayAndPart(arrivedAt)}</>;
  const isLater = done !== null && Math.abs(arrivedAt - done) >= oneMinute;
  return (
    <>
      {absolute(arrivedAt)}
      {isLater && <Box sx={{ color: 'text.secondary', fontSize: 12 }}>{`Done ${absolute(done)}`}</Box>}
    </>
  );
}

function Who({ by }: Pick<LogLine, 'by'>) {
  const names = useUnit(({ record }) => record.names.members);
  if (by === null) return <>Not told</>;
  if (by === 'endpoint') return <>Central endpoint</>;
  if (by === 'recovery') return <>Recovery key</>;
  return <PersonName name={names[by.member] ?? 'A former member'} />;
}

function Row({ line }: { readonly line: LogLine }) {
  const { position, case: of } = line;
  const isUnread = 'unread' in line.what;
  return (
    <TableRow>
      <TableCell className="numbers">{position === null ? '' : count(position)}</TableCell>
      <TableCell>
        <When line={line} />
      </TableCell>
      <TableCell sx={{ maxWidth: 200 }}>
        <Who by={line.by} />
      </TableCell>
      <TableCell sx={{ color: isUnread ? 'text.secondary' : undefined }}>{sayLogLine(line)}</TableCell>
      <TableCell>
        {of && (
          <Button
            onClick={() => void openCase(of.id)}
            aria-label={`Open ${of.reference}`}
            sx={{ minHeight: 20, py: 0, ml: -1.25 }}
          >
            {of.reference}
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
}

function Lines({ lines }: { readonly lines: readonly LogLine[] }) {
  return (
    <Box
      sx={{ overflowX: 'auto', border: 1, borderColor: 'divider', borderRadius: 1 }}
      data-scrolls
      tabIndex={0}
      role="region"
      aria-label="Entries, a table"
    >
      <Table
        size="small"
        aria-label="Entries of the log"
        sx={{ '& .numbers': { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }}
      >
        <TableHead>
          <TableRow>
            <TableCell className="numbers">Entry</TableCell>
            <TableCell>When</TableCell>
            <TableCell>Who</TableCell>
            <TableCell>What</TableCell>
            <TableCell>Case</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {lines.map((line, index) => (
            <Row key={line.position ?? `waits ${index}`} line={line} />
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

function Pages() {
  const page = useLog((state) => state.page);
  const places = useLog((state) => state.places);
  const busy = useLog((state) => state.busy);
  const isFurther = page !== null && page.next !== null && page.lines.length < pageSize;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mt: 1 }}>
      <ReasonedButton
        variant="outlined"
        blocked={places.length === 1 ? 'These are the newest.' : null}
        onClick={() => void newerEntries()}
      >
        Newer
      </ReasonedButton>
      <ReasonedButton
        variant="outlined"
        blocked={page?.next ? null : 'This is the beginning of the log.'}
        onClick={() => void olderEntries()}
      >
        Older
      </ReasonedButton>
      <Typography role="status" variant="caption">
        {busy && 'Reading the log'}
        {!busy && isFurther && `Looked back to ${dayAndPart(page.lookedBackTo ?? 0)}. Older looks further.`}
      </Typography>
    </Box>
  );
}

function Page() {
  const page = useLog((state) => state.page);
  const trouble = useLog((state) => state.trouble);
  const busy = useLog((state) => state.busy);
  if (trouble) {
    return (
      <Alert severity="error" variant="outlined" action={<Button onClick={() => void loadLog()}>Try again</Button>}>
        {`The log could not be read. ${trouble}`}
      </Alert>
    );
  }
  if (!page) return <Typography role="status">{busy ? 'Reading the log' : ''}</Typography>;
  return (
    <>
      {page.lines.length > 0 ? (
        <Lines lines={page.lines} />
      ) : (
        <Typography>{page.next === null ? 'No entry is as asked for.' : 'None so far.'}</Typography>
      )}
      <Pages />
    </>
  );
}

/** The log entry by entry: who did what, when, in which case, as far as this member may read it. */
export function LogEntries() {
  const isFirst = useLog(({ places }) => places.length === 1);
  const isRead = useLog(({ page }) => page !== null);
  const wentOn = useLogWentOn();
  useEffect(() => void loadLog(), []);
  return (
    <Section
      title="Entries"
      aside={
        isFirst && isRead && wentOn ? (
          <Button onClick={() => void loadLog()}>Show what came since</Button>
        ) : (
          'Newest first'
        )
      }
    >
      <LogFilters />
      <Page />
    </Section>
  );
}
