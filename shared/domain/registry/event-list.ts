// Written by build/list-events.ts: `npm run fix` brings it up to date.
import { accessUnlocked } from '../audit/access-unlocked.ts';
import { categoriesRecorded } from '../classification/categories-recorded.ts';
import { standardsRecorded } from '../classification/standards-recorded.ts';
import { dispositionRecorded } from '../disposition/disposition-recorded.ts';
import { transferAnswered } from '../disposition/transfer-answered.ts';
import { harmAssessed } from '../harm/harm-assessed.ts';
import { iopcAnswered } from '../iopc/iopc-answered.ts';
import { iopcReferred } from '../iopc/iopc-referred.ts';
import { iopcTimeSet } from '../iopc/iopc-time-set.ts';
import { mandatoryReferralAssessed } from '../iopc/mandatory-referral-assessed.ts';
import { oversightRecorded } from '../iopc/oversight-recorded.ts';
import { itemGraded } from '../items/item-graded.ts';
import { itemRecorded } from '../items/item-recorded.ts';
import { itemWithdrawn } from '../items/item-withdrawn.ts';
import { provenanceRecorded } from '../items/provenance-recorded.ts';
import { caseJoinedInto } from '../joining/case-joined-into.ts';
import { referralJoined } from '../joining/referral-joined.ts';
import { matchRejected } from '../links/match-rejected.ts';
import { matchRestored } from '../links/match-restored.ts';
import { referralLinked } from '../links/referral-linked.ts';
import { referralUnlinked } from '../links/referral-unlinked.ts';
import { actSeconded } from '../membership/act-seconded.ts';
import { deviceBound } from '../membership/device-bound.ts';
import { deviceRenewed } from '../membership/device-renewed.ts';
import { endpointRekeyed } from '../membership/endpoint-rekeyed.ts';
import { generationCarried } from '../membership/generation-carried.ts';
import { generationUnopened } from '../membership/generation-unopened.ts';
import { memberAdmitted } from '../membership/member-admitted.ts';
import { memberNamed } from '../membership/member-named.ts';
import { memberRanked } from '../membership/member-ranked.ts';
import { membershipEnded } from '../membership/membership-ended.ts';
import { membershipRestored } from '../membership/membership-restored.ts';
import { membershipSuspended } from '../membership/membership-suspended.ts';
import { recoveryBound } from '../membership/recovery-bound.ts';
import { recoveryPermitted } from '../membership/recovery-permitted.ts';
import { roleChanged } from '../membership/role-changed.ts';
import { scopeGranted } from '../membership/scope-granted.ts';
import { scopeOpened } from '../membership/scope-opened.ts';
import { scopeRotated } from '../membership/scope-rotated.ts';
import { unitFounded } from '../membership/unit-founded.ts';
import { unitNamed } from '../membership/unit-named.ts';
import { matterClassified } from '../misconduct/matter-classified.ts';
import { notificationSet } from '../misconduct/notification-set.ts';
import { severityAssessed } from '../misconduct/severity-assessed.ts';
import { suspensionPut } from '../misconduct/suspension-put.ts';
import { priorityOverridden } from '../priority/priority-overridden.ts';
import { readerAdded } from '../readers/reader-added.ts';
import { referenceRecorded } from '../references/reference-recorded.ts';
import { referenceWithdrawn } from '../references/reference-withdrawn.ts';
import { caseOpened } from '../referral/case-opened.ts';
import { caseReleased } from '../referral/case-released.ts';
import { caseTaken } from '../referral/case-taken.ts';
import { referralReceived } from '../referral/referral-received.ts';
import { riskAssessed } from '../risk/risk-assessed.ts';
import { attachmentSanitised } from '../sanitising/attachment-sanitised.ts';
import { sanitisedRecorded } from '../sanitising/sanitised-recorded.ts';
import { policyChanged } from '../unit-policy/policy-changed.ts';
import { bodiesWithdrawn } from '../withdrawal/bodies-withdrawn.ts';
import { boxesWithdrawn } from '../withdrawal/boxes-withdrawn.ts';
import { caseContinued } from '../withdrawal/case-continued.ts';
import { keysBoxed } from '../withdrawal/keys-boxed.ts';
import { withdrawalConfirmed } from '../withdrawal/withdrawal-confirmed.ts';
import { withdrawalExtended } from '../withdrawal/withdrawal-extended.ts';
import { withdrawalStopped } from '../withdrawal/withdrawal-stopped.ts';

/** Every event there is, in the order of their files. */
export const eventList = [
  accessUnlocked,
  categoriesRecorded,
  standardsRecorded,
  dispositionRecorded,
  transferAnswered,
  harmAssessed,
  iopcAnswered,
  iopcReferred,
  iopcTimeSet,
  mandatoryReferralAssessed,
  oversightRecorded,
  itemGraded,
  itemRecorded,
  itemWithdrawn,
  provenanceRecorded,
  caseJoinedInto,
  referralJoined,
  matchRejected,
  matchRestored,
  referralLinked,
  referralUnlinked,
  actSeconded,
  deviceBound,
  deviceRenewed,
  endpointRekeyed,
  generationCarried,
  generationUnopened,
  memberAdmitted,
  memberNamed,
  memberRanked,
  membershipEnded,
  membershipRestored,
  membershipSuspended,
  recoveryBound,
  recoveryPermitted,
  roleChanged,
  scopeGranted,
  scopeOpened,
  scopeRotated,
  unitFounded,
  unitNamed,
  matterClassified,
  notificationSet,
  severityAssessed,
  suspensionPut,
  priorityOverridden,
  readerAdded,
  referenceRecorded,
  referenceWithdrawn,
  caseOpened,
  caseReleased,
  caseTaken,
  referralReceived,
  riskAssessed,
  attachmentSanitised,
  sanitisedRecorded,
  policyChanged,
  bodiesWithdrawn,
  boxesWithdrawn,
  caseContinued,
  keysBoxed,
  withdrawalConfirmed,
  withdrawalExtended,
  withdrawalStopped,
] as const;
