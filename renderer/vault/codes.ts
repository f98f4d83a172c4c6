import type { ShareFault, SplitFault } from '#shared/crypto/secret-shares.ts';
import type { CaseRefusalCode } from '#shared/domain/case/refusal-of.ts';
import type { DataRefusalCode } from '#shared/domain/event/data-refusal.ts';
import type { RosterFoldCode } from '#shared/domain/membership/apply-to-roster.ts';
import type { RosterRuleCode, UnitRuleCode } from '#shared/domain/registry/registry.ts';
import type { UnitFoldCode } from '#shared/domain/unit-policy/apply-to-unit.ts';
import {
  notice as anyNotice,
  refuse as anyRefusal,
  type Notice,
  type Params,
  type Refusal,
} from '#shared/kernel/refusal.ts';
import type { SaidFinding } from './store/reconcile.ts';

/*
 * Every code that the vault says by itself. The catalogues in renderer/words are records over these lists: a code without
 * words does not compile, nor do words without a code. Why two referrals match is typed where it is found (cases/).
 */

/** Why something was not done. */
export type VaultCode =
  | 'blob-lost'
  | 'case-handed-on'
  | 'case-unreadable'
  | 'copy-not-made-here'
  | 'device-not-set-back'
  | 'device-set-back'
  | 'directory-none'
  | 'disk-full'
  | 'disk-full-at-start'
  | 'disk-full-for-log'
  | 'disposition-in-conflict'
  | 'readers-differ'
  | 'recovery-key-other'
  | 'recovery-not-openable'
  | 'renewal-needs-second'
  | 'reply-key-missing'
  | 'exchange-failed'
  | 'file-damaged'
  | 'file-not-here'
  | 'file-not-named'
  | 'own-force-unknown'
  | 'grant-owed'
  | 'journal-foreign'
  | 'log-forked'
  | 'log-not-believed'
  | 'log-rolled-back'
  | 'members-already'
  | 'not-a-reader'
  | 'not-enrolled-in-unit'
  | 'other-window'
  | 'own-unit'
  | 'passphrase-as-before'
  | 'passphrase-too-easy'
  | 'preferences-malformed'
  | 'second-needed'
  | 'slot-damaged'
  | 'slot-missing'
  | 'store-newer'
  | 'store-unopenable'
  | 'unit-founded-elsewhere'
  | 'unit-key-unverified'
  | 'unit-not-in-directory'
  | 'unit-unknown-here'
  | 'vault-defect'
  | 'vault-locked'
  | 'vault-open-already'
  | 'wait'
  | 'wrong-passphrase';

/** Why a file cannot be copied. */
export const stripRefusalCodes = [
  'copy-not-clean',
  'copy-too-large',
  'file-not-of-its-type',
  'file-too-demanding',
  'file-too-slow',
  'file-undecodable',
  'pdf-damaged',
  'pdf-protected',
  'pdf-too-long',
  'picture-damaged',
  'picture-too-large',
  'picture-undecodable',
  'text-not-plain',
] as const;
export type StripRefusalCode = (typeof stripRefusalCodes)[number];

/** What does not verify, or was lost. Kept in the ledger with the entry that it is about. */
export type WarningCode =
  // Entries of the log
  | 'author-chain'
  | 'author-not-in-force'
  | 'author-recovery-key'
  | 'entries-newer'
  | 'case-continued-twice'
  | 'case-not-derived'
  | 'entry-content'
  | 'entry-id-twice'
  | 'entry-key'
  | 'entry-not-applied'
  | 'entry-parts'
  | 'entry-parts-missing'
  | 'entry-replaced'
  | 'entry-seal'
  | 'entry-sealing'
  | 'entry-seen'
  | 'entry-signature'
  | 'event-malformed'
  | 'more-of-kind'
  | 'no-referral'
  | 'refused'
  | 'seen-unproved'
  | 'statement-unauthorised'
  | 'unknown-author'
  // What the endpoint sends
  | 'checkpoint-signature'
  | 'directory-older'
  | 'directory-other-endpoint'
  | 'directory-own-founder'
  | 'directory-unverified'
  | 'entry-malformed'
  | 'forked'
  | 'gap'
  | 'roster-unverified'
  | 'other-unit'
  | 'rolled-back'
  | 'suite-newer'
  // What is stored on this computer
  | SaidFinding
  | 'case-row'
  | 'device-set-back'
  | 'draft-held'
  | 'entry-row'
  | 'entry-row-now'
  | 'file-lost'
  | 'ledger-row'
  | 'log-differs'
  | 'not-audited'
  | 'not-looked-through'
  | 'outbox-missing'
  | 'outbox-note-missing'
  | 'outbox-rejoined'
  | 'outbox-row'
  | 'preferences-damaged'
  | 'recovery-overtaken'
  | 'renewal-failed'
  | 'search-row'
  | 'set-back'
  | 'slot-row'
  | 'summary-row'
  | 'tree-rows';

/** Why an act on the roster counts for nothing. */
export type RosterRefusalCode = RosterFoldCode | RosterRuleCode;

/** Why shares of the recovery key do not make it, or it cannot be split so. */
export type ShareCode = (SplitFault | ShareFault)['code'];

/** Why something said of the unit counts for nothing. */
export type UnitRefusalCode = UnitFoldCode | UnitRuleCode;

/** The vault's own, and those of the rules that it asks. */
type SaidCode =
  | VaultCode
  | ShareCode
  | StripRefusalCode
  | CaseRefusalCode
  | DataRefusalCode
  | RosterRefusalCode
  | UnitRefusalCode;

export const notice: <const Code extends SaidCode>(code: Code, params?: Params) => Notice<Code> = anyNotice;
export const refuse: <const Code extends SaidCode>(code: Code, params?: Params) => Refusal<Code> = anyRefusal;

/** A call could not be answered. Only the message crosses from the worker to the window, so the message is the code. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  constructor(code: VaultCode) {
    super(code);
  }
}
