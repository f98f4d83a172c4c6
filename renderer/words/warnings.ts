import type { WarningCode } from '#renderer/vault/codes.ts';
import type { IntegrityWarning } from '#renderer/vault/vault-api.ts';
import { say } from './say.ts';

interface Warned extends Pick<IntegrityWarning, 'position' | 'params'> {}
type WarningWords = string | ((warned: Warned) => string);

const changesNothing =
  (what: string) =>
  ({ position }: Warned) =>
    `Entry ${position}: ${what} It changes nothing.`;

/** What does not verify: in plain words what, and what remains safe. */
const catalogue: Readonly<Record<WarningCode, WarningWords>> = {
  // Entries of the log
  'entry-signature': changesNothing('The signature does not match the entry and its author.'),
  'author-chain': changesNothing('It does not follow its author’s previous one.'),
  'entry-seen': changesNothing('It claims to know entries that came after it, or less than its author knew before.'),
  'seen-unproved': changesNothing('It claims to have seen a log that the endpoint never signed.'),
  'entry-seal': changesNothing('The seal is broken: the data was changed, or belongs elsewhere.'),
  'entry-sealing': changesNothing('It is sealed for other readers than such an entry must be.'),
  'statement-unauthorised': changesNothing(
    'It came from another unit, signed by nobody who could speak for that unit.',
  ),
  'entry-parts': changesNothing('Its content or its keys are not those that its author signed.'),
  'entry-parts-missing': changesNothing('A part of it is missing, and nobody withdrew it.'),
  'case-continued-twice': changesNothing('It would continue a case in a record that has begun already.'),
  'entry-id-twice': changesNothing('An earlier entry of the case has its id.'),
  'entry-key': changesNothing('It is under a key that its author may not use, or that was not given to the unit.'),
  'entry-not-applied': ({ position }) =>
    `Entry ${position} could not be applied: a defect of Probity. It is kept and changes nothing; the other entries are not affected. Tell whoever looks after Probity.`,
  'case-not-derived': ({ params: { reference } }) =>
    `Part of what the queue shows of ${reference} could not be worked out: a defect of Probity. The case can be opened, and the others are not affected. Tell whoever looks after Probity.`,
  'entry-content': changesNothing('The content of this entry is malformed.'),
  'event-malformed': changesNothing('The content of this entry is malformed.'),
  'author-not-in-force': changesNothing('Its author’s membership or device was suspended or had ended by then.'),
  'author-recovery-key': changesNothing('It is signed with the unit’s recovery key, which may not do this.'),
  'unknown-author': 'An entry was signed by nobody in this unit. It changes nothing.',
  'no-referral': 'An entry belongs to a case without a referral. It changes nothing.',
  refused: ({ params: { because, ...params } }) => say({ code: String(because), params }),
  'entry-replaced': ({ position }) =>
    `Entry ${position} bears the id of one that was saved here, with other content. Yours is kept and sent again.`,
  'entries-newer': ({ params: { count } }) =>
    `${count === 1 ? '1 entry was' : `${count} entries were`} written by a newer Probity. They are kept, and take effect after the update.`,
  'more-of-kind': ({ params: { count } }) => `There were ${count} more of this kind before.`,

  // What the endpoint sends
  'checkpoint-signature': 'The checkpoint of the log is not signed by the endpoint of this unit.',
  'directory-unverified':
    'The directory of the units that the endpoint sent is not signed by its operator. It was not used; the last one that verified stays in use.',
  'directory-other-endpoint':
    'The directory of the units names other keys of the endpoint than this computer knows. It was not used; the last one that verified stays in use.',
  'directory-older':
    'The endpoint sent an older directory of the units than before, another under the same number, or none any more. The last one stays in use.',
  'directory-own-founder':
    'The directory names somebody else as the founder of this unit. Other units will not believe what this one sends, and may seal to others what is meant for it. Tell the operator of the endpoint at once.',
  'other-unit': 'The endpoint sent the log of another unit, or an entry of one.',
  'rolled-back': ({ params: { from, to } }) =>
    to === undefined
      ? 'The endpoint shows a shorter log than it showed before.'
      : `The log ends at entry ${to}; you have seen it to entry ${from} before.`,
  'roster-unverified': ({ params: { unit } }) =>
    `What ${unit} sent cannot be checked: who its members are could not be verified. It is kept, and shown once they are.`,
  gap: ({ position }) => `Entry ${position} is missing from what the endpoint sent.`,
  forked: 'The endpoint shows another history than the one seen before.',
  'suite-newer': ({ position }) =>
    `Entry ${position} is in the format of a newer Probity. Update Probity on this computer to read on; what was read before is safe.`,
  'entry-malformed': ({ position }) => `Entry ${position}, as the endpoint sent it, is malformed.`,

  // What is stored on this computer
  'all-lost':
    'Probity was in use on this computer, and both its database and its journal are gone. What was written here and not sent is lost; what the endpoint has is safe there. If the folder of Probity was moved or deleted, restore it from a backup before you go on. Otherwise a supervisor of your unit admits you again.',
  'store-remade':
    'The database of Probity on this computer was missing or empty. What was written here and not sent yet was put back from the journal; the rest is fetched and checked again from the endpoint. Nothing that was saved is lost.',
  'store-behind':
    'The database of Probity on this computer was set back to an older state. What was written here since was put back from the journal; the rest is fetched and checked again from the endpoint. Nothing that was saved is lost.',
  'store-rows-changed':
    'Part of the database of Probity on this computer was not as Probity had left it. It was put right from the journal. Nothing that was saved is lost. If nobody restored a backup, tell whoever looks after this computer: a disk may be failing, or somebody changed its files.',
  'store-and-journal-apart':
    'The database and the journal of Probity on this computer come from different times. What either had was kept. Look through your latest drafts and decisions: where both had another text of one, the one in the journal was taken.',
  'journal-missing':
    'The journal of Probity on this computer was missing. It was written anew from the database. Nothing that was saved is lost.',
  'journal-behind':
    'The journal of Probity on this computer was set back to an older state. It was written anew from the database. Nothing that was saved is lost.',
  'journal-damaged':
    'The journal of Probity on this computer was damaged. It was written anew from the database, and the damaged one is kept beside it. Nothing that was saved is lost.',
  'journal-elsewhere':
    'The journal that was found was written on another computer, or by another user of this one, and does not open here. It was replaced by one from the database. Nothing that was saved here is lost.',
  'journal-lost-part':
    'The database of Probity on this computer was missing, and its journal damaged. What could be read of it was put back. Drafts, or decisions that had not been sent, may be lost: look through your latest work. What the endpoint had is fetched again.',
  'device-set-back':
    'This computer was set back to an older copy of its disk: the log has entries of yours that it does not know. They are here again. What was written here after that copy was made and was never sent is lost. Your key signs nothing more, because a copy of it may be in use elsewhere. If nobody restored this computer, tell your supervisor. Then make new keys below.',
  'draft-held':
    'The text that was typed last is not on the disk yet, which is full or cannot be written. Probity holds it, sealed, and saves it by itself as soon as it can. Free some space, and do not close Probity before.',
  'set-back': ({ params: { from, to } }) =>
    `What is stored of the log on this computer was set back from entry ${from} to ${to}. It is fetched and checked again from the endpoint.`,
  'ledger-row':
    'The record of how far the log was read is damaged or missing. It is fetched and checked again from the endpoint.',
  'slot-row': ({ params: { count } }) =>
    `${count === 1 ? 'The keys of one member are' : `The keys of ${count} members are`} damaged on this computer, and they are not in the list. The case work is not affected. Restore the folder of Probity from a backup, or have them admitted here again.`,
  'summary-row':
    'Part of the queue was damaged, missing or set back on this computer. It was made again from the verified log.',
  'search-row':
    'Part of the index of quick search was damaged on this computer. It is made again from the cases, which are not affected.',
  'entry-row': ({ position }) =>
    `Entry ${position} and what follows were damaged on this computer. They are fetched and checked again from the endpoint; nothing confirmed is lost.`,
  'entry-row-now': ({ position }) => `Entry ${position} is damaged on this computer.`,
  'log-differs': 'The entries on this computer are not those that were verified when they came.',
  'tree-rows':
    'Some hashes of the log are damaged or missing on this computer. They are made again from its entries with the next exchange.',
  'case-row': ({ params: { reference } }) =>
    `What is stored of ${reference} is damaged. It is read from its entries instead.`,
  'outbox-row': 'An entry saved here that waits to be sent is damaged. What was sent before it is safe.',
  'outbox-missing': 'Entries that were saved here and not yet sent are missing from the disk of this computer.',
  'outbox-note-missing':
    'The note of the last entries written here is damaged or missing: it cannot be told whether any entry is.',
  'recovery-overtaken':
    'What the recovery key signed here was dropped: it was used elsewhere meanwhile. Nothing else depended on it.',
  'outbox-rejoined':
    'Entries of yours that waited to be sent no longer fitted the log. They were signed again, and nothing readable was left out.',
  'file-lost':
    'A sanitised copy that was made here was damaged before it was sent. Make it again; the original is not affected.',
  'preferences-damaged':
    'Some of your saved views, or what you chose of colours and keys, could not be read on this computer. The rest is in use. Save anew what is missing; no case is affected.',
  'not-audited': 'This unlock could not be entered in your audit.',
  'not-looked-through':
    'The newest referrals could not be looked through for subjects of cases recorded for intelligence. Nothing is lost; it is tried again with the next exchange. Until then, open the newest referrals to see what they may match.',
  'renewal-failed':
    'After the update, some cases could not be read anew. They are shown as before; opening one reads it. It is tried again at the next unlock.',
};

export const hasWarningWords = (code: string): boolean => Object.hasOwn(catalogue, code);

export function sayWarning({ code, position, params }: IntegrityWarning): string {
  const words = hasWarningWords(code) ? catalogue[code] : undefined;
  // Kept in a ledger by another version of Probity.
  if (words === undefined) return `Something does not verify (${code}).`;
  return typeof words === 'string' ? words : words({ position, params });
}
