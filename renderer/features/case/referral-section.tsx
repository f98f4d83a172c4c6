import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { CaseView } from '#renderer/state/case-store.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { When } from '#renderer/ui/when.tsx';
import { enteredByHand } from '#renderer/words/by-hand.ts';
import { waysIn } from '#shared/domain/referral/ways-in.ts';
import { publicCategories } from '#shared/domain/report/public-categories.ts';
import { isByHand, narrativeLanguages, type Report } from '#shared/domain/report/report.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { AttachmentList } from './attachment-list.tsx';

/** What a member says of it, under their signature: nothing else tells where it came from. */
function EnteredByHand({ view: { state, names } }: { readonly view: CaseView }) {
  const { origin, joined } = state;
  const by = (origin?.by && names[origin.by]) ?? 'a former member';
  return (
    <>
      <div>{enteredByHand}</div>
      <Box sx={{ color: 'text.secondary' }}>
        {origin ? `${waysIn[origin.how].label}. Entered by ${visibleText(by)}.` : 'By the unit that sent it.'}
      </Box>
      {joined.map(({ entry, reference, by: joiner }) => (
        <div key={entry}>
          {`Text after [${reference}]: as that referral was received, copied by ${visibleText((joiner && names[joiner]) ?? 'a former member')} when it was joined`}
        </div>
      ))}
    </>
  );
}

/** Whether this is what the central endpoint sent: said as found, never assumed. */
function OriginProof({ view }: { readonly view: CaseView }) {
  const { state, signatures } = view;
  if (isByHand(state.referral.report)) return <EnteredByHand view={view} />;
  const arrival = state.activity.find(({ type }) => type === 'referral.received');
  const signature = arrival ? signatures[arrival.entry] : undefined;
  if (signature === 'verified') return <span>Signed by the central endpoint, verified</span>;
  if (signature === 'checking') return <span>From the central endpoint; its signature is being checked</span>;
  if (signature === 'waiting') return <span>Not confirmed by the central endpoint yet</span>;
  return (
    <Alert severity="error" variant="outlined" sx={{ my: 0.5 }}>
      The signature of this referral does not verify. It may not be what the central endpoint sent: do not act on it,
      and tell whoever runs the endpoint. The other cases are not affected.
    </Alert>
  );
}

/** How they chose to report, and nothing that could say who they are. */
const reporterWords: Readonly<Record<Report['reporter'], string>> = {
  anonymous: 'Anonymous',
  detailsSupplied: 'Left contact details with Crimestoppers; they are not held here',
  keepInContact: 'Can be asked questions through Crimestoppers (Keep in Contact)',
  notRecorded: 'Not recorded here',
};
const channelWords: Readonly<Record<Report['channel'], string>> = {
  online: 'Online form',
  phone: 'Phone',
  byHand: 'Entered by hand',
};

const listed = (lines: readonly string[]) => (lines.length > 0 ? lines.map(visibleText).join('; ') : null);

/** The referral as it was received. Nothing here can be edited. */
export function ReferralSection({ view }: { readonly view: CaseView }) {
  const { reference, receivedAt, report } = view.state.referral;
  const facts = [
    { term: 'Reference', value: reference },
    { term: 'Origin', value: <OriginProof view={view} /> },
    { term: 'Recorded', value: <When at={report.recordedAt} full /> },
    { term: isByHand(report) ? 'Reached us' : 'Received', value: <When at={receivedAt} full /> },
    { term: 'Channel', value: channelWords[report.channel] },
    { term: 'Language', value: narrativeLanguages[report.language].label },
    { term: 'Reporter', value: reporterWords[report.reporter] },
    {
      term: 'Categories',
      value:
        report.categories.length > 0
          ? report.categories.map((category) => <div key={category}>{publicCategories[category].label}</div>)
          : null,
    },
    { term: 'Dates', value: listed(report.dates) },
    { term: 'Places', value: listed(report.places) },
    { term: 'Vehicles', value: listed(report.vehicles) },
    { term: 'Earlier reference', value: report.earlierReference },
  ];
  return (
    <>
      <Section title="Referral as received">
        <Facts facts={facts} />
      </Section>
      <AttachmentList view={view} />
    </>
  );
}
