import type { VaultEvent } from '../vault-api.ts';
import { openAttachment, sanitiseAttachment } from './attachment-calls.ts';
import {
  caseTransfers,
  cutOffReader,
  findMatches,
  handOn,
  join,
  openByHand,
  openCase,
  record,
  units,
} from './case-calls.ts';
import { readCounts } from './counts-calls.ts';
import { discardDraft, loadDrafts, saveDraft } from './draft-calls.ts';
import { foundUnit, judge, listSlots, storeFindings, unlock } from './entrance-calls.ts';
import { logPage, pauseIngest, syncNow, verifyLog } from './log-calls.ts';
import {
  admissionTerms,
  admitMember,
  changeOwnPassphrase,
  fingerprints,
  loadPreferences,
  memberHistories,
  renewKeys,
  savePreferences,
} from './member-calls.ts';
import { neighbours, queueCounts, queuePage } from './queue-calls.ts';
import { bindKey, permitUse, recoverDevice, reopen } from './recovery-calls.ts';
import { readUnit, recordUnit } from './unit-calls.ts';

/** Every call of the vault. */
export const callList = [
  listSlots,
  storeFindings,
  judge,
  foundUnit,
  unlock,
  admitMember,
  admissionTerms,
  readUnit,
  recordUnit,
  fingerprints,
  renewKeys,
  changeOwnPassphrase,
  bindKey,
  permitUse,
  recoverDevice,
  reopen,
  loadPreferences,
  savePreferences,
  queuePage,
  queueCounts,
  neighbours,
  readCounts,
  openCase,
  findMatches,
  record,
  openByHand,
  join,
  handOn,
  cutOffReader,
  caseTransfers,
  units,
  openAttachment,
  sanitiseAttachment,
  saveDraft,
  loadDrafts,
  discardDraft,
  syncNow,
  pauseIngest,
  verifyLog,
  logPage,
  memberHistories,
] as const;

type Listed = (typeof callList)[number];
export type VaultCallName = Listed['name'];
type CallOf<Name extends VaultCallName> = Extract<Listed, { name: Name }>;
export type CallInput<Name extends VaultCallName> = Parameters<CallOf<Name>['run']>[1];
export type CallOutput<Name extends VaultCallName> = Awaited<ReturnType<CallOf<Name>['run']>>;

/** What the worker offers the window. Each call is defined in `calls/`. */
export interface Vault {
  /** Rejects when the call needs an open vault and it is locked, and on a defect. What is refused is in the answer. */
  call<Name extends VaultCallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  subscribe(listener: (event: VaultEvent) => void): Promise<void>;
}
