import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useCase } from '#renderer/state/case-store.ts';
import { openCase } from '#renderer/state/place-store.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { visibleText } from '#renderer/ui/visible-text.ts';
import { When } from '#renderer/ui/when.tsx';
import { describeSubject } from '#shared/domain/case/case-summary.ts';
import type { Subject } from '#shared/domain/report/report.ts';
import type { CaseView } from './case-types.ts';

const kindWords: Readonly<Record<Subject['kind'], string>> = {
  officer: 'Officer',
  staff: 'Police staff',
  volunteer: 'Volunteer',
  unknown: 'Not known whether officer, staff or volunteer',
};

function SubjectCard({ subject }: { readonly subject: Subject }) {
  const facts = [
    { term: 'Kind', value: kindWords[subject.kind] },
    { term: 'Collar number', value: subject.collarNumber },
    { term: 'Station', value: subject.station && visibleText(subject.station) },
    { term: 'Description', value: subject.description && visibleText(subject.description) },
  ];
  return (
    <Box component="li" sx={{ mb: 1.25 }}>
      <Box sx={{ fontWeight: 600, mb: 0.25 }}>{visibleText(describeSubject(subject))}</Box>
      <Facts facts={facts} />
    </Box>
  );
}

function Related() {
  const related = useCase((state) => state.related);
  if (!related) return <Box sx={{ color: 'text.secondary' }}>Looking through the other referrals.</Box>;
  if (related.length === 0)
    return <Box sx={{ color: 'text.secondary' }}>No other referral names the same subject or vehicle.</Box>;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {related.map(({ case: id, reference, receivedAt, subject, why }) => (
        <Box component="li" key={`${id} ${why}`} sx={{ mb: 0.75 }}>
          <Box sx={{ display: 'flex', gap: 1 }}>
            <Link
              component="button"
              onClick={() => void openCase(id)}
              sx={{ font: 'inherit', verticalAlign: 'baseline' }}
            >
              {reference}
            </Link>
            <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
              {visibleText(subject)}
            </Box>
            <Box component="span" sx={{ color: 'text.secondary' }}>
              <When at={receivedAt} />
            </Box>
          </Box>
          <Box sx={{ color: 'text.secondary' }}>{why}</Box>
        </Box>
      ))}
    </Box>
  );
}

/** Who is reported, and what other referrals say of the same people. */
export function KnownSection({ view }: { readonly view: CaseView }) {
  const { subjects } = view.state.referral.report;
  return (
    <>
      <Section title={subjects.length === 1 ? 'Subject' : `Subjects (${subjects.length})`}>
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {subjects.map((subject, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a referral never changes, and two unnamed subjects may read the same
            <SubjectCard key={index} subject={subject} />
          ))}
        </Box>
      </Section>
      <Section title="Related referrals" aside="Newest first">
        <Related />
      </Section>
    </>
  );
}
