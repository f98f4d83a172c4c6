import Box from '@mui/material/Box';
import { Section } from '#renderer/ui/section.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { urgencyTones } from '#renderer/words/tones.ts';
import { type PersonAtRisk, type Urgency, urgencies } from '#shared/domain/report/report.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

const words: Readonly<Record<Urgency, string>> = {
  immediate: 'Immediate risk',
  high: 'High risk',
  concern: 'Concern',
};

function Person({ person: { who, risk, urgency } }: { readonly person: PersonAtRisk }) {
  const tone = urgencyTones[urgency];
  return (
    <Box component="li" sx={{ borderLeft: 3, borderColor: `tone.${tone}`, pl: 1.25, py: 0.25, mb: 1 }}>
      <Box sx={{ display: 'flex', gap: 1.5, flexWrap: 'wrap' }}>
        <ToneLabel tone={tone} strong>
          {words[urgency]}
        </ToneLabel>
        <Box component="span" sx={{ fontWeight: 600 }}>
          {visibleText(who)}
        </Box>
      </Box>
      <div>{visibleText(risk)}</div>
    </Box>
  );
}

/** Before everything else: who is at risk as received, the nearest harm on top. The first step assesses it. */
export function PeopleAtRisk({ people }: { readonly people: readonly PersonAtRisk[] }) {
  const nearestFirst = urgencies.flatMap((urgency) => people.filter((person) => person.urgency === urgency));
  return (
    <Section title="People at risk" aside="As the contact centre recorded it">
      {people.length === 0 ? (
        <Box sx={{ color: 'text.secondary' }}>
          The contact centre recorded nobody as at risk. Read the narrative for yourself.
        </Box>
      ) : (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {nearestFirst.map((person) => (
            <Person key={`${person.who} ${person.risk}`} person={person} />
          ))}
        </Box>
      )}
    </Section>
  );
}
