import Box from '@mui/material/Box';
import { useCase } from '#renderer/state/case-store.ts';
import { keyed } from '#renderer/ui/keyed.ts';
import { absolute } from '#renderer/ui/time.ts';
import { policySubjects, sayDecision } from '#renderer/words/policy-log.ts';
import type { PolicyLine } from '#shared/domain/case/policy-log.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { signatureWords } from '../record/standing.tsx';
import { readable } from './readable.ts';

function Line({ line }: { readonly line: PolicyLine }) {
  const view = useCase((state) => state.view);
  const { at, by, position, entry } = line.decided;
  const { decision, rationale, options = [] } = sayDecision(line, view?.names);
  const who = by ? (view?.names[by] ?? 'A former member') : 'Central endpoint';
  return (
    <Box component="li" sx={{ borderTop: 1, borderColor: 'divider', py: 1, breakInside: 'avoid' }}>
      <Box sx={{ fontSize: 12 }}>
        {`${absolute(Date.parse(at))}, ${who}. ${policySubjects[line.kind]}${line.superseded ? ', superseded' : ''}. Entry ${position ?? 'not numbered yet'}, ${signatureWords[view?.signatures[entry] ?? 'broken']}.`}
      </Box>
      <Box sx={{ fontWeight: 650, textDecoration: line.superseded ? 'line-through' : 'none' }}>
        {readable(decision)}
      </Box>
      {keyed(options, ({ option }) => option).map(({ key, each: { option, why } }) => (
        <div key={key}>{`Considered: ${visibleText(option)}. Not taken: ${visibleText(why)}`}</div>
      ))}
      <Box sx={{ whiteSpace: 'pre-wrap', maxWidth: '75ch', overflowWrap: 'anywhere' }}>{readable(rationale)}</Box>
    </Box>
  );
}

/** The lines of a policy log, the oldest first. */
export function PolicyLines({
  lines,
  printed = false,
}: {
  readonly lines: readonly PolicyLine[];
  readonly printed?: boolean;
}) {
  if (lines.length === 0) return <Box>No decision is recorded yet.</Box>;
  return (
    <Box
      component="ol"
      {...(printed ? {} : { tabIndex: 0, 'data-scrolls': true, 'aria-label': 'Decisions' })}
      sx={{ listStyle: 'none', m: 0, p: 0, overflow: printed ? 'visible' : 'auto' }}
    >
      {lines.map((line) => (
        <Line key={line.decided.entry} line={line} />
      ))}
    </Box>
  );
}
