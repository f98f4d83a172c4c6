import Box from '@mui/material/Box';
import type { CaseView } from '#renderer/state/case-store.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { keyed } from '#renderer/ui/keyed.ts';
import { Section } from '#renderer/ui/section.tsx';
import { saySubject } from '#renderer/words/subjects.ts';
import { roleOf } from '#shared/domain/case/case-summary.ts';
import { type Subject, subjectKinds } from '#shared/domain/report/report.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

function SubjectCard({ subject }: { readonly subject: Subject }) {
  const facts = [
    { term: 'Kind', value: subjectKinds[subject.kind].means },
    { term: 'Collar number', value: subject.collarNumber && visibleText(subject.collarNumber) },
    { term: 'Station', value: subject.station && visibleText(subject.station) },
    { term: 'Description', value: subject.description && visibleText(subject.description) },
  ];
  return (
    <Box component="li" sx={{ mb: 1.25 }}>
      <Box sx={{ fontWeight: 600, mb: 0.25 }}>{saySubject({ role: roleOf(subject), name: subject.name })}</Box>
      <Facts facts={facts} />
    </Box>
  );
}

/** Who is reported. */
export function KnownSection({ view }: { readonly view: CaseView }) {
  const { subjects } = view.state.referral.report;
  return (
    <Section title={subjects.length === 1 ? 'Subject' : `Subjects (${subjects.length})`}>
      {subjects.length === 0 && <Box sx={{ color: 'text.secondary' }}>Nobody is named or described yet.</Box>}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {keyed(subjects, ({ name, kind }) => name ?? kind).map(({ key, each }) => (
          <SubjectCard key={key} subject={each} />
        ))}
      </Box>
    </Section>
  );
}
