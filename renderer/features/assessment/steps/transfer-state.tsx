import Box from '@mui/material/Box';
import { useEffect } from 'react';
import { useCase } from '#renderer/state/case-store.ts';
import { loadUnits, useUnits } from '#renderer/state/units-store.ts';
import { Section } from '#renderer/ui/section.tsx';
import { When } from '#renderer/ui/when.tsx';
import { say } from '#renderer/words/say.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

type Transfers = NonNullable<ReturnType<typeof useCase.getState>['transfers']>;
type Sent = Transfers['sent'][number];

const stages: Readonly<Record<Sent['stage'], string>> = {
  saved: 'Saved here, not sent yet',
  sending: 'Being sent',
  waiting: 'Waiting to be sent',
  sent: 'Sent, not acknowledged yet: until a person there takes it, our clocks run and safeguarding goes on here',
  elsewhere: 'Sent by its author’s workstation: the answer comes here',
  acknowledged: 'Acknowledged by the other unit: a person there has it',
  sentBack: 'Sent back: it is ours again',
  superseded: 'Superseded, never sent',
};

function SentLine({ sent: { unit, stage, why, trouble, at } }: { readonly sent: Sent }) {
  const known = useUnits((state) => state.units?.find(({ id }) => id === unit));
  return (
    <Box component="li" sx={{ mb: 0.75 }}>
      <b>{known ? visibleText(`${known.forceName}: ${known.name}`) : 'A unit that the directory does not list here'}</b>
      <div>
        {stages[stage]}
        {at && (
          <>
            , <When at={at} />
          </>
        )}
      </div>
      {why && <div>{visibleText(why)}</div>}
      {trouble && <div>{say(trouble)}</div>}
    </Box>
  );
}

/** How far what was sent to another force has come, and what came from one. Nothing for most cases. */
export function TransferProgress() {
  const transfers = useCase((state) => state.transfers);
  const isSome = Boolean(transfers && transfers.sent.length > 0);
  useEffect(() => {
    if (isSome) void loadUnits();
  }, [isSome]);
  if (!(transfers && (isSome || transfers.origin))) return null;
  const { origin, sent } = transfers;
  return (
    <Box sx={{ mt: 2.5 }}>
      <Section level="part" title="Transfer between units">
        {origin && (
          <Box sx={{ mb: 0.75 }}>
            {`Came from ${visibleText(origin.from.unitName)}, `}
            <When at={origin.at} />
            {origin.note && `: ${visibleText(origin.note)}`}
          </Box>
        )}
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {sent.map((each) => (
            <SentLine key={each.disposition} sent={each} />
          ))}
        </Box>
      </Section>
    </Box>
  );
}
