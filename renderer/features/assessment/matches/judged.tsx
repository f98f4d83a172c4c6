import Box from '@mui/material/Box';
import { type CaseView, useCase } from '#renderer/state/case-store.ts';
import type { Rejection } from '#shared/domain/links/match-rejected.ts';
import { type Link, linkKinds } from '#shared/domain/links/referral-linked.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { ReasonForm } from '../record/reason-form.tsx';
import { SignedBy } from '../record/standing.tsx';
import { RecordedNote, ReferralLine } from './referral-line.tsx';

const useKnown = (id: StreamId) => useCase((state) => state.matches?.find((match) => match.case === id));

/** A link that a person made: as what, when, why, and how to take it back. */
export function LinkedReferral({ view, link }: { readonly view: CaseView; readonly link: Link }) {
  const known = useKnown(link.case);
  return (
    <Box component="li" sx={{ mb: 1.25 }}>
      <ReferralLine id={link.case} reference={link.reference} subject={known?.subject} receivedAt={known?.receivedAt} />
      <RecordedNote at={known?.recordedAt} />
      <div>
        <b>{linkKinds[link.kind].label}</b>: {visibleText(link.why)}
      </div>
      <SignedBy by={link} />
      <ReasonForm
        actions={[
          {
            id: `unlink.${link.entry}`,
            label: 'Withdraw the link',
            name: `Withdraw the link: ${link.reference}`,
            toCommand: (why) => ({ type: 'referral.unlinked', case: view.state.id, data: { link: link.entry, why } }),
            done: `The link to ${link.reference} is withdrawn. Saved here.`,
          },
        ]}
      />
    </Box>
  );
}

export function RejectedMatch({ view, rejection }: { readonly view: CaseView; readonly rejection: Rejection }) {
  const known = useKnown(rejection.case);
  return (
    <Box component="li" sx={{ mt: 1 }}>
      <ReferralLine
        id={rejection.case}
        reference={rejection.reference}
        subject={known?.subject}
        receivedAt={known?.receivedAt}
      />
      <div>{visibleText(rejection.why)}</div>
      <SignedBy by={rejection} />
      <ReasonForm
        actions={[
          {
            id: `restore.${rejection.entry}`,
            label: 'Offer it again',
            name: `Offer it again: ${rejection.reference}`,
            toCommand: (why) => ({
              type: 'match.restored',
              case: view.state.id,
              data: { rejection: rejection.entry, why },
            }),
            done: `${rejection.reference} is offered again. Saved here.`,
          },
        ]}
      />
    </Box>
  );
}
