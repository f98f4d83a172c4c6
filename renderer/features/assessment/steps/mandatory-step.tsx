import Box from '@mui/material/Box';
import { useEffect } from 'react';
import type { CaseView } from '#renderer/state/case-store.ts';
import { loadUnits, useUnits } from '#renderer/state/units-store.ts';
import { isBuilt, usualJurisdiction } from '#shared/domain/jurisdiction/jurisdictions.ts';
import { AnswerParts } from './iopc-answer.tsx';
import { IopcReferralPart } from './iopc-referral.tsx';
import { MandatoryTest } from './mandatory-test.tsx';
import { MatterPart } from './matter-part.tsx';
import { NotificationPart } from './notification-part.tsx';
import { OversightPart } from './oversight-part.tsx';
import { SentTests } from './sent-tests.tsx';
import { SeverityPart } from './severity-part.tsx';
import { SuspensionPart } from './suspension-part.tsx';

/** (b) The mandatory-referral test, and all that follows from it in law. */
export function MandatoryStep({ view }: { readonly view: CaseView }) {
  const law = useUnits(({ own }) => own?.jurisdiction ?? usualJurisdiction);
  const unknown = useUnits(({ own, trouble }) => own === null && trouble !== null);
  useEffect(() => void loadUnits(), []);
  if (!isBuilt(law)) return <OversightPart view={view} jurisdiction={law} />;
  return (
    <>
      {unknown && (
        <Box role="status" sx={{ mb: 1 }}>
          The directory says under which law a force is, and could not be read. What follows is the law of England and
          Wales.
        </Box>
      )}
      <MandatoryTest view={view} />
      <SentTests view={view} />
      <IopcReferralPart view={view} />
      <AnswerParts view={view} />
      <MatterPart view={view} />
      <SeverityPart view={view} />
      <SuspensionPart view={view} />
      <NotificationPart view={view} />
    </>
  );
}
