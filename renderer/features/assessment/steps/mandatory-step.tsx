import Box from '@mui/material/Box';
import { useEffect } from 'react';
import type { CaseView } from '#renderer/state/case-store.ts';
import { loadUnits, useUnits } from '#renderer/state/units-store.ts';
import { selectIopcDeadline } from '#shared/domain/iopc/iopc-clock.ts';
import { isBuilt, usualJurisdiction } from '#shared/domain/jurisdiction/jurisdictions.ts';
import { useCaseAhead } from '../form/use-form.ts';
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
  const unknown = useUnits(({ own, units, trouble }) => own === null && (units !== null || trouble !== null));
  const ahead = useCaseAhead() ?? view.state;
  useEffect(() => void loadUnits(), []);
  if (!isBuilt(law)) return <OversightPart view={view} jurisdiction={law} />;
  // Here or by the force that sent the case, whether or not it was referred since.
  const met = selectIopcDeadline(ahead) !== null;
  return (
    <>
      {unknown && (
        <Box role="status" sx={{ mb: 1 }}>
          The directory says under which law a force is. It could not be read, or does not name this one. What follows
          is the law of England and Wales.
        </Box>
      )}
      <MandatoryTest view={view} />
      <SentTests view={view} />
      <IopcReferralPart view={view} />
      <AnswerParts view={view} />
      <MatterPart view={view} follows={met && ahead.matter.length === 0} />
      <SeverityPart view={view} follows={met && ahead.severity.length === 0} />
      <SuspensionPart view={view} follows={met && ahead.suspension.length === 0} />
      <NotificationPart view={view} follows={met && ahead.notification.length === 0} />
    </>
  );
}
