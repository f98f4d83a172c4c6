import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { useCase } from '#renderer/state/case-store.ts';
import { Section } from '#renderer/ui/section.tsx';
import { visibleText } from '#renderer/ui/visible-text.ts';
import { When } from '#renderer/ui/when.tsx';
import { type Decision, selectCurrentDecisions } from '#shared/domain/case/case-state.ts';
import { decisionKinds } from '#shared/domain/case/decisions.ts';

type View = NonNullable<ReturnType<typeof useCase.getState>['view']>;

const signatureWords: Readonly<Record<View['signatures'][keyof View['signatures']], string>> = {
  verified: 'Confirmed, verified',
  checking: 'Confirmed, signature being checked',
  waiting: 'Saved here, waiting to sync',
  broken: 'The signature does not verify: do not rely on it',
};

function DecisionCard({ decision, view }: { readonly decision: Decision; readonly view: View }) {
  const { entry, kind, rationale, by, at } = decision;
  const signature = signatureWords[view.signatures[entry] ?? 'broken'];
  return (
    <Box
      component="article"
      aria-label={`Decision: ${decisionKinds[kind].label}`}
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1.25, minWidth: 0 }}
    >
      <Box sx={{ fontWeight: 600 }}>{decisionKinds[kind].label}</Box>
      <Box sx={{ color: 'text.secondary', mb: 0.75 }}>
        {`${by ? (view.names[by] ?? 'A former member') : 'Unknown'}, `}
        <When at={at} />
        {`. ${signature}`}
      </Box>
      <Box sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxWidth: '70ch' }}>{visibleText(rationale)}</Box>
    </Box>
  );
}

/** The decision that stands; or those that were made without knowledge of each other, side by side. */
export function DecisionsInForce({ view }: { readonly view: View }) {
  const current = selectCurrentDecisions(view.state);
  if (current.length === 0) return null;
  const conflict = current.length > 1;
  return (
    <Section title={conflict ? 'Decisions in conflict' : 'Decision in force'}>
      {conflict && (
        <Alert severity="warning" variant="outlined" sx={{ mb: 1 }}>
          These were recorded without knowledge of each other. Both are kept. Read both, then record a decision: it
          takes the place of both.
        </Alert>
      )}
      <Box
        sx={{ display: 'grid', gridTemplateColumns: `repeat(${Math.min(2, current.length)}, minmax(0, 1fr))`, gap: 1 }}
      >
        {current.map((decision) => (
          <DecisionCard key={decision.entry} decision={decision} view={view} />
        ))}
      </Box>
    </Section>
  );
}
