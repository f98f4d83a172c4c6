import Box from '@mui/material/Box';
import { sayReason } from '#renderer/words/match-reasons.ts';
import type { CaseView, Match } from '../case-view.ts';
import { type ReasonedAction, ReasonForm } from './reason-form.tsx';
import { RecordedNote } from './recorded-note.tsx';
import { ReferralLine } from './referral-line.tsx';

function actionsOf({ state }: CaseView, { case: other, reference }: Match): readonly ReasonedAction[] {
  const link = (kind: 'repeat' | 'duplicate', label: string): ReasonedAction => ({
    label,
    name: `${label}: ${reference}`,
    toCommand: (why) => ({ type: 'referral.linked', case: state.id, data: { case: other, reference, kind, why } }),
    done: `${reference} linked as a ${kind}. Saved here.`,
  });
  return [
    link('repeat', 'Link as repeat'),
    link('duplicate', 'Link as duplicate'),
    {
      label: 'Reject',
      name: `Reject: ${reference}`,
      toCommand: (why) => ({ type: 'match.rejected', case: state.id, data: { case: other, reference, why } }),
      done: `${reference} rejected as a match. Saved here.`,
    },
  ];
}

/** A possible match, with the reasons for it: offered, never decided. */
export function OpenMatch({ view, match }: { readonly view: CaseView; readonly match: Match }) {
  return (
    <Box component="li" sx={{ mb: 1.25 }}>
      <ReferralLine id={match.case} reference={match.reference} subject={match.subject} receivedAt={match.receivedAt} />
      <RecordedNote at={match.recordedAt} />
      <Box
        component="ul"
        aria-label={`Why ${match.reference} may match`}
        sx={{ m: 0, pl: 2.25, color: 'text.secondary' }}
      >
        {match.reasons.map(sayReason).map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </Box>
      <ReasonForm actions={actionsOf(view, match)} />
    </Box>
  );
}
