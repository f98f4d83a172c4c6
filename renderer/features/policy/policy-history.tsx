import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { count } from '#renderer/ui/counted.ts';
import { When } from '#renderer/ui/when.tsx';
import { settings } from '#renderer/words/unit-policy.ts';
import { defaultPolicy, type Policy } from '#shared/domain/policy/policy.ts';
import { changedPolicy, type PolicyChange, type UnitRecord } from '#shared/domain/unit/unit-record.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

interface Line {
  readonly change: PolicyChange;
  readonly before: Policy;
  readonly after: Policy;
}

/** Each change with what stood before and after it; the newest first. */
function linesOf({ policyChanges }: UnitRecord): readonly Line[] {
  const lines: Line[] = [];
  for (const change of policyChanges) {
    const before = lines[0]?.after ?? defaultPolicy;
    lines.unshift({ change, before, after: changedPolicy(before, change.changes) });
  }
  return lines;
}

/** What a change says, setting by setting. */
function Changed({ change: { changes }, before, after }: Line) {
  return (
    <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
      {settings
        .filter(({ isIn }) => isIn(changes))
        .map(({ id, label, value }) => (
          <li key={id}>
            {`${label}: from ${visibleText(value(before))} to `}
            <b>{visibleText(value(after))}</b>
          </li>
        ))}
    </Box>
  );
}

/** Every change of policy, who made it and why. */
export function PolicyHistory({ record }: { readonly record: UnitRecord }) {
  const lines = linesOf(record);
  if (lines.length === 0) return <Typography>None. Every setting is as Probity brings it.</Typography>;
  return (
    <Box component="ol" reversed sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}>
      {lines.map((line) => {
        const { entry, at, by, position, why } = line.change;
        const name = by && record.names.members[by];
        return (
          <li key={entry}>
            <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
              <When at={at} full />
              {`, ${visibleText(name ?? 'a member without a name')}, `}
              {position === null ? 'waiting to sync' : `entry ${count(position)}`}
            </Typography>
            <Changed {...line} />
            <Typography sx={{ maxWidth: '75ch', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {`Why: ${visibleText(why)}`}
            </Typography>
          </li>
        );
      })}
    </Box>
  );
}
