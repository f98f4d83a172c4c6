import Box from '@mui/material/Box';
import type { CaseView } from '#renderer/state/case-store.ts';
import { keyed } from '#renderer/ui/keyed.ts';
import { Section } from '#renderer/ui/section.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { When } from '#renderer/ui/when.tsx';
import { riskAnswers, urgencyWords } from '#renderer/words/risk.ts';
import { riskTones, urgencyTones } from '#renderer/words/tones.ts';
import { type Recorded, selectLatest } from '#shared/domain/event/history.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { isByHand, type PersonAtRisk, urgencies } from '#shared/domain/report/report.ts';
import { riskActions, riskLevels } from '#shared/domain/risk/rara.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

function Person({ person: { who, risk, urgency } }: { readonly person: PersonAtRisk }) {
  const tone = urgencyTones[urgency];
  return (
    <Box component="li" sx={{ borderLeft: 3, borderColor: `tone.${tone}`, pl: 1.25, py: 0.25, mb: 1 }}>
      <Box sx={{ display: 'flex', gap: 1.5, flexWrap: 'wrap' }}>
        <ToneLabel tone={tone} strong>
          {urgencyWords[urgency]}
        </ToneLabel>
        <Box component="span" sx={{ fontWeight: 600 }}>
          {visibleText(who)}
        </Box>
      </Box>
      <div>{visibleText(risk)}</div>
    </Box>
  );
}

/** What the first step recorded last, below what was received. */
function AsAssessed({
  risk,
  names,
}: {
  readonly risk: Recorded<DataOf<'risk.assessed'>>;
  readonly names: CaseView['names'];
}) {
  return (
    <Box role="group" aria-label="As assessed" sx={{ mt: 1 }}>
      <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
        {`As assessed by ${(risk.by && names[risk.by]) ?? 'a former member'}, `}
        <When at={risk.at} />
      </Box>
      <b>{riskAnswers[risk.atRiskNow]}</b>
      {keyed(risk.people, ({ who }) => who).map(({ key, each: { who, level, action } }) => (
        <Box key={key} sx={{ borderLeft: 3, borderColor: `tone.${riskTones[level]}`, pl: 1.25, py: 0.25, mt: 0.5 }}>
          <ToneLabel tone={riskTones[level]} strong>
            {riskLevels[level].label}
          </ToneLabel>{' '}
          <b>{visibleText(who)}</b>
          {`: ${riskActions[action].label.toLowerCase()}`}
        </Box>
      ))}
    </Box>
  );
}

/** Before everything else: who is at risk as received, the nearest harm on top, and what was made of it. */
export function PeopleAtRisk({ view: { state, names } }: { readonly view: CaseView }) {
  const { peopleAtRisk: people } = state.referral.report;
  const byHand = isByHand(state.referral.report);
  const nearestFirst = urgencies.flatMap((urgency) => people.filter((person) => person.urgency === urgency));
  const risk = selectLatest(state.risk);
  const recorded = byHand ? 'As recorded when the case was opened' : 'As the contact centre recorded it';
  return (
    <Section title="People at risk" aside={risk ? undefined : recorded}>
      {people.length === 0 ? (
        <Box sx={{ color: 'text.secondary' }}>
          {`${byHand ? 'Whoever opened the case' : 'The contact centre'} recorded nobody as at risk. Read the narrative for yourself.`}
        </Box>
      ) : (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {keyed(nearestFirst, ({ who, risk }) => `${who} ${risk}`).map(({ key, each }) => (
            <Person key={key} person={each} />
          ))}
        </Box>
      )}
      {risk && <AsAssessed risk={risk} names={names} />}
    </Section>
  );
}
