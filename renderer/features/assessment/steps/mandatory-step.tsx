import type { CaseView } from '#renderer/state/case-store.ts';
import { goToStep } from '#renderer/state/step-store.ts';
import { AnswerParts } from './iopc-answer.tsx';
import { IopcReferralPart } from './iopc-referral.tsx';
import { MandatoryTest } from './mandatory-test.tsx';
import { MatterPart } from './matter-part.tsx';
import { NotificationPart } from './notification-part.tsx';
import { SeverityPart } from './severity-part.tsx';
import { SuspensionPart } from './suspension-part.tsx';

const onwards = () => goToStep('items');

/** (b) The mandatory-referral test, and all that follows from it in law. */
export function MandatoryStep({ view }: { readonly view: CaseView }) {
  return (
    <>
      <MandatoryTest view={view} />
      <IopcReferralPart view={view} after={onwards} />
      <AnswerParts view={view} after={onwards} />
      <MatterPart view={view} after={() => goToStep('mandatory', 'mandatory.severity')} />
      <SeverityPart view={view} after={() => goToStep('mandatory', 'mandatory.suspension')} />
      <SuspensionPart view={view} after={() => goToStep('mandatory', 'mandatory.notification')} />
      <NotificationPart view={view} after={onwards} />
    </>
  );
}
