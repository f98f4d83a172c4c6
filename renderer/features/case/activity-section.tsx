import Box from '@mui/material/Box';
import { Section } from '#renderer/ui/section.tsx';
import { ToneMark } from '#renderer/ui/tone-mark.tsx';
import { count } from '#renderer/ui/visible-text.ts';
import { When } from '#renderer/ui/when.tsx';
import { eventLabels } from '#shared/domain/assessment/event-labels.ts';
import { dispositions } from '#shared/domain/assessment/tables/dispositions.ts';
import type { Activity } from '#shared/domain/case/case-state.ts';
import { decisionKinds } from '#shared/domain/case/decisions.ts';
import type { CaseView, Signature } from './case-types.ts';

const labels: Readonly<Record<Activity['type'], string>> = {
  ...eventLabels,
  'referral.received': 'Referral received',
  'case.taken': 'Case taken',
  'case.released': 'Case released',
  'decision.recorded': 'Decision recorded',
};

function whatOf({ type, entry }: Activity, { state }: CaseView): string {
  const decision = state.decisions.find((other) => other.entry === entry);
  if (decision) return `Decision recorded: ${decisionKinds[decision.kind].label}`;
  const disposition = state.assessment?.dispositions.find((other) => other.entry === entry);
  if (disposition && disposition.outcome.kind !== 'firstVersion') {
    return `${labels[type]}: ${dispositions[disposition.outcome.kind].label}`;
  }
  return labels[type];
}

function SignatureMark({
  signature,
  position,
}: {
  readonly signature: Signature | undefined;
  readonly position: number | null;
}) {
  if (signature === 'verified')
    return <span>{position === null ? 'Verified' : `Verified, entry ${count(position)}`}</span>;
  if (signature === 'waiting') return <span>Saved here, waiting to sync</span>;
  if (signature === 'checking') return <span>Signature being checked</span>;
  return <ToneMark tone="red">Signature does not verify</ToneMark>;
}

function ActivityLine({ activity, view }: { readonly activity: Activity; readonly view: CaseView }) {
  const { at, by, entry, position, refused } = activity;
  // Superseded decisions keep their reasons on view: nothing that was signed is hidden.
  const decided = [...view.state.decisions, ...(view.state.assessment?.dispositions ?? [])];
  const reasons = decided.find((decision) => decision.entry === entry)?.rationale;
  return (
    <Box component="li" sx={{ mb: 1 }}>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Box component="span" sx={{ flex: 1, fontWeight: 550 }}>
          {whatOf(activity, view)}
        </Box>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          <When at={at} />
        </Box>
      </Box>
      <Box sx={{ color: 'text.secondary', display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <span>{by ? (view.names[by] ?? 'A former member') : 'Central endpoint'}</span>
        <span aria-hidden>·</span>
        <SignatureMark signature={view.signatures[entry]} position={position} />
      </Box>
      {reasons && <Box sx={{ mt: 0.25, whiteSpace: 'pre-wrap', maxWidth: '70ch' }}>{reasons}</Box>}
      {refused && <Box sx={{ mt: 0.25 }}>{`Refused, and changed nothing: ${refused}`}</Box>}
    </Box>
  );
}

/** Who did what, when, and whether it is proved. The newest first. */
export function ActivitySection({ view }: { readonly view: CaseView }) {
  return (
    <Section title="Activity" aside="Newest first">
      <Box component="ol" reversed sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {[...view.state.activity].reverse().map((activity) => (
          <ActivityLine key={activity.entry} activity={activity} view={view} />
        ))}
      </Box>
    </Section>
  );
}
