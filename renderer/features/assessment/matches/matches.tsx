import Box from '@mui/material/Box';
import { useCase } from '#renderer/state/case-store.ts';
import { Section } from '#renderer/ui/section.tsx';
import { stands } from '#shared/domain/event/revocable.ts';
import { isMatchOpen, selectLinks } from '#shared/domain/links/links.ts';
import type { CaseView } from '../case-view.ts';
import { LinkedReferral, RejectedMatch } from './judged.tsx';
import { OpenMatch } from './open-match.tsx';

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
        {past > 0 && <Box sx={{ color: 'text.secondary', mt: 0.5 }}>{`${past} taken back: see the activity.`}</Box>}
      </Section>
    </>
  );
}
