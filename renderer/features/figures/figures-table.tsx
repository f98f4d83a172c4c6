import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Section } from '#renderer/ui/section.tsx';
import { type FigureGroup, monthsOf, sayShown } from '#renderer/words/figures.ts';
import type { Shown } from '#shared/domain/counting/withhold-small.ts';

/** How long it is beside the others of its group. The number stands beside it: nobody needs to see the bar. */
function Bar({ value, most }: { readonly value: Shown; readonly most: number }) {
  return (
    <Box aria-hidden sx={{ height: 12, minWidth: 60, border: 1, borderColor: 'divider' }}>
      {value !== null && value > 0 && (
        <Box
          sx={{
            height: '100%',
            width: `${(100 * value) / most}%`,
            minWidth: 2,
            bgcolor: 'primary.main',
            forcedColorAdjust: 'none',
            '@media (forced-colors: active)': { bgcolor: 'CanvasText' },
          }}
        />
      )}
    </Box>
  );
}

const number = { align: 'right', sx: { fontVariantNumeric: 'tabular-nums' } } as const;

/** One way of counting: months and year as a table, and the year as bars. */
export function FiguresTable({ group, year }: { readonly group: FigureGroup; readonly year: number }) {
  const { title, note, lines } = group;
  const most = Math.max(1, ...lines.map(({ total }) => total ?? 0));
  return (
    <Section title={title}>
      <Typography variant="caption" component="p" sx={{ color: 'text.secondary', mb: 0.5 }}>
        {note}
      </Typography>
      <Table size="small" aria-label={title} sx={{ tableLayout: 'fixed', minWidth: 1000, '& td, & th': { px: 0.75 } }}>
        <TableHead>
          <TableRow>
            <TableCell sx={{ width: '24%' }}>Counted</TableCell>
            {monthsOf(year).map((month) => (
              <TableCell key={month} align="right">
                {month}
              </TableCell>
            ))}
            <TableCell align="right">Year</TableCell>
            <TableCell aria-hidden sx={{ width: '15%' }} />
          </TableRow>
        </TableHead>
        <TableBody>
          {lines.map(({ label, months, total }) => (
            <TableRow key={label}>
              <TableCell component="th" scope="row">
                {label}
              </TableCell>
              {monthsOf(year).map((month, index) => (
                <TableCell key={month} {...number}>
                  {sayShown(months[index] ?? null)}
                </TableCell>
              ))}
              <TableCell align="right" sx={{ ...number.sx, fontWeight: 650 }}>
                {sayShown(total)}
              </TableCell>
              <TableCell aria-hidden>
                <Bar value={total} most={most} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}
