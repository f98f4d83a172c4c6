import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { sortBy } from '#renderer/state/queue-query.ts';
import { setQuery, useQueue } from '#renderer/state/queue-store.ts';
import { rowHeight } from '#renderer/ui/theme.ts';
import { type Column, columns } from './columns.ts';
import { cellClass } from './folding.ts';

function SortButton({ column: { label, sort } }: { readonly column: Column }) {
  const query = useQueue((state) => state.query);
  if (!sort) return label;
  const Arrow = query.sort.descending ? ArrowDownward : ArrowUpward;
  return (
    <ButtonBase
      onClick={() => setQuery({ sort: sortBy(query, sort) })}
      sx={{ font: 'inherit', px: 0.5, mx: -0.5, height: 24, borderRadius: 0.5 }}
    >
      {label}
      {query.sort.by === sort && <Arrow aria-hidden sx={{ fontSize: 14, ml: 0.4 }} />}
    </ButtonBase>
  );
}

export function QueueHeader() {
  const { by, descending } = useQueue((state) => state.query.sort);
  const orderOf = (column: Column) => (column.sort === by ? (descending ? 'descending' : 'ascending') : 'none');
  return (
    <Box role="rowgroup" sx={{ position: 'sticky', top: 0, zIndex: 2 }}>
      <Box
        role="row"
        className="queue-head"
        aria-rowindex={1}
        sx={{
          alignItems: 'center',
          height: rowHeight,
          bgcolor: 'background.default',
          borderBottom: 1,
          borderColor: 'divider',
          color: 'text.secondary',
          fontSize: 12,
          fontWeight: 600,
        }}
      >
        {columns.map((column, index) => (
          <Box
            key={column.id}
            role="columnheader"
            className={cellClass(column.id)}
            aria-colindex={index + 1}
            aria-sort={column.sort ? orderOf(column) : undefined}
            title={column.hint}
            sx={{ px: 1, whiteSpace: 'nowrap' }}
          >
            <SortButton column={column} />
          </Box>
        ))}
      </Box>
    </Box>
  );
}
