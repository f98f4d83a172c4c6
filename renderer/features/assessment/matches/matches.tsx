import Box from '@mui/material/Box';
import { type CaseView, type Match, useCase } from '#renderer/state/case-store.ts';
import { Section } from '#renderer/ui/section.tsx';
import { sayReason } from '#renderer/words/match-reasons.ts';
import { stands } from '#shared/domain/event/revocable.ts';
import { isMatchOpen, selectLinks } from '#shared/domain/links/links.ts';
import { type ReasonedAction, ReasonForm } from '../record/reason-form.tsx';
import { LinkedReferral, RejectedMatch } from './judged.tsx';
import { RecordedNote, ReferralLine } from './referral-line.tsx';

function actionsOf({ state }: CaseView, { case: other, reference }: Match): readonly ReasonedAction[] {
  const link = (kind: 'repeat' | 'duplicate', label: string): ReasonedAction => ({
    id: `${kind}.${other}`,
    label,
    name: `${label}: ${reference}`,
    toCommand: (why) => ({ type: 'referral.linked', case: state.id, data: { case: other, reference, kind, why } }),
    done: `${reference} linked as a ${kind}. Saved here.`,
  });
  return [
    link('repeat', 'Link as repeat'),
    link('duplicate', 'Link as duplicate'),
    {
      id: `reject.${other}`,
      label: 'Reject',
      name: `Reject: ${reference}`,
      toCommand: (why) => ({ type: 'match.rejected', case: state.id, data: { case: other, reference, why } }),
      done: `${reference} rejected as a match. Saved here.`,
    },
  ];
}

/** A possible match, with the reasons for it: offered, never decided. */
function OpenMatch({ view, match }: { readonly view: CaseView; readonly match: Match }) {
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

const list = { listStyle: 'none', m: 0, p: 0 } as const;

function OpenMatches({ view }: { readonly view: CaseView }) {
  const matches = useCase((state) => state.matches);
  if (!matches) return <Box sx={{ color: 'text.secondary' }}>Looking through the other referrals.</Box>;
  const assessment = view.state;
  const open = matches.filter((match) => isMatchOpen(assessment, match.case));
  if (open.length === 0) {
    return (
      <Box sx={{ color: 'text.secondary' }}>
        {matches.length === 0
          ? 'No other referral seems to concern the same subject or event.'
          : 'Each possible match is judged.'}
      </Box>
    );
  }
  return (
    <Box component="ul" sx={list}>
      {open.map((match) => (
        <OpenMatch key={match.case} view={view} match={match} />
      ))}
    </Box>
  );
}

/** Earlier referrals that may concern the same subject or event, and what a person made of each. */
export function Matches({ view }: { readonly view: CaseView }) {
  const assessment = view.state;
  const links = selectLinks(assessment);
  const rejected = assessment.rejections.filter(stands);
  const past = [...assessment.links, ...assessment.rejections].filter((each) => !stands(each)).length;
  return (
    <>
      {links.length > 0 && (
        <Section title="Linked referrals">
          <Box component="ul" sx={list}>
            {links.map((link) => (
              <LinkedReferral key={link.entry} view={view} link={link} />
            ))}
          </Box>
        </Section>
      )}
      <Section title="Possible repeats and duplicates" aside="The nearest first">
        <OpenMatches view={view} />
        {rejected.length > 0 && (
          <Box component="details" sx={{ mt: 1 }}>
            <Box
              component="summary"
              sx={{ cursor: 'pointer', color: 'text.secondary' }}
            >{`Rejected: ${rejected.length}`}</Box>
            <Box component="ul" sx={list}>
              {rejected.map((rejection) => (
                <RejectedMatch key={rejection.entry} view={view} rejection={rejection} />
              ))}
            </Box>
          </Box>
        )}
        {past > 0 && <Box sx={{ color: 'text.secondary', mt: 0.5 }}>{`${past} withdrawn: see the activity.`}</Box>}
      </Section>
    </>
  );
}
