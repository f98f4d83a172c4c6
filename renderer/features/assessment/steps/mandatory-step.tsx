import type { CaseView } from '#renderer/state/case-store.ts';
import { AnswerParts } from './iopc-answer.tsx';
import { IopcReferralPart } from './iopc-referral.tsx';
import { MandatoryTest } from './mandatory-test.tsx';
import { MatterPart } from './matter-part.tsx';
import { NotificationPart } from './notification-part.tsx';
import { SeverityPart } from './severity-part.tsx';

/** (b) The mandatory-referral test, and all that follows from it in law. */
export function MandatoryStep({ view }: { readonly view: CaseView }) {
  return (
    <>
      <MandatoryTest view={view} />
      <IopcReferralPart view={view} />
      <AnswerParts view={view} />
      <MatterPart view={view} />
      <SeverityPart view={view} />
      <NotificationPart view={view} />
    </>
  );
}
