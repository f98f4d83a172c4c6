import type {
  RosterRefusalCode,
  ShareCode,
  StripRefusalCode,
  UnitRefusalCode,
  VaultCode,
} from '#renderer/vault/codes.ts';
import type { LeftInCopy } from '#renderer/vault/sanitise/strip.ts';
import type { Params } from '#shared/kernel/refusal.ts';
import type { PageFault } from '#shared/sync/accept-page.ts';
import { type Catalogue, wordsOf } from './catalogue.ts';
import { endpointRefusals, hostFailures } from './host-refusals.ts';
import { whoIn } from './roles.ts';

const beyond: Catalogue<string> = { ...hostFailures, ...endpointRefusals };
const fromHost = ({ because, ...params }: Params): string =>
  wordsOf(beyond[String(because)] ?? 'The endpoint did not send it.', params);

/** Why a page of the log is not believed. */
const disbelief: Readonly<Record<PageFault['code'], string>> = {
  'checkpoint-signature': 'The checkpoint of the log is not signed by the endpoint of this unit.',
  'other-unit': 'The endpoint sent the log of another unit.',
  'rolled-back': 'The endpoint shows a shorter log than it showed before.',
  gap: 'Entries are missing from what the endpoint sent.',
  forked: 'The endpoint shows another history than the one seen before.',
  'entry-malformed': 'The endpoint sent an entry that is malformed.',
  'suite-newer': 'An entry is in the format of a newer Probity: update Probity on this computer to read on.',
};

const diskFull =
  'The disk of this computer is full. This was not saved; what was saved before is safe. Free some space and try again.';
const noAnswer = 'The vault did not answer.';
const defect = 'Something went wrong in Probity. What was saved is safe.';

/** What the window's stores refuse or say by themselves. */
export type WindowCode = 'no-answer' | 'not-saved';

export const windowRefusals: Catalogue<WindowCode> = {
  'not-saved': ({ because }) =>
    because === 'disk-full' ? diskFull : `Not saved. ${because === 'vault-defect' ? defect : noAnswer}`,
  'no-answer': noAnswer,
};

export const vaultRefusals: Catalogue<
  VaultCode | ShareCode | Exclude<RosterRefusalCode | UnitRefusalCode, 'not-allowed'>
> = {
  'vault-locked': 'The vault is locked.',
  'vault-open-already': 'The vault is open, or being opened, already.',
  'vault-defect': defect,
  'own-force-unknown':
    'Which force this unit is of is not known on this computer yet. Connect once, then open the case: what you typed is kept.',
  'readers-differ':
    'The two are not for the same readers, and who reads the one would read the other. Hand one of them on first, or link them.',
  'other-window': 'Probity is open in another window already. Use that one, or close it first.',
  'journal-foreign':
    'The journal of Probity in this folder was written on another computer, or by another user of this one, and there is no database beside it. Both were left as they are. Start Probity as the user who set it up, or restore the whole folder from a backup.',
  'store-newer':
    'What is stored on this computer was written by a newer Probity. It was left as it is, and nothing is lost. Update Probity on this computer to open it.',
  'disk-full': diskFull,
  'device-set-back':
    'This computer was set back to an older copy of its disk, so nothing can be recorded here until you have new keys. What is here can be read, and what you type is kept. Make new keys on the Log screen.',
  'device-not-set-back': 'This computer was not set back: your keys are good.',
  'renewal-needs-second':
    'New keys take the signature of another member too, and this version has no screen for that. What is here can be read. A supervisor whose own keys are good can admit you again at this computer.',
  'disk-full-at-start':
    'The disk of this computer is full, so Probity cannot open what it keeps there. Free some space: it goes on by itself then.',
  'store-unopenable':
    'The database of Probity on this computer could not be opened. Close Probity and start it again. If this stays, restart the computer, and then tell whoever looks after it.',
  'disk-full-for-log':
    'The disk of this computer is full, so nothing new can be brought in. What was saved is safe. Free some space.',
  'exchange-failed':
    'Something went wrong in Probity while exchanging with the endpoint. What was saved is safe; it tries again by itself.',
  'grant-owed':
    'You were not given the key that the unit writes under now. What you could read before can still be read. Ask a colleague who has it to pass it on to you.',
  'log-forked': ({ position }) =>
    `The endpoint has signed two different logs of this unit: they differ at or before entry ${position}. Nothing is sent or fetched any more. What is on this computer is kept, and you can go on working as without a connection. Tell your supervisor, by another way than this endpoint.`,
  'log-not-believed': ({ because }) =>
    `${disbelief[because as PageFault['code']] ?? 'What the endpoint sent does not verify.'} Nothing of it was used; what was verified before is safe. Tell your supervisor.`,
  'log-rolled-back': ({ from, to }) =>
    `The log ends at entry ${to}; you have seen it to entry ${from} before. What is on this computer is kept. Tell your supervisor.`,
  'blob-lost': 'A file that waits to be sent is damaged on this computer. Whoever made it must make it again.',

  // Members
  'preferences-malformed':
    'A view has a name of 1 to 200 characters, its search no more than 500, and there are no more than 200 of them. Nothing was changed.',
  'slot-missing': 'There is no such member on this computer.',
  'slot-damaged': 'This member’s keys are damaged on this computer, or were made on another one.',
  wait: 'Wait before you try again.',
  'passphrase-as-before': 'This is the passphrase that you have now. Nothing was changed.',
  'passphrase-too-easy': 'The passphrase is too easy to guess. Nothing was changed. Use more words.',
  'wrong-passphrase': 'That is not this member’s passphrase.',
  'not-a-member': 'You are not a member of this unit yet.',
  'members-already': 'This computer has members already.',
  'not-enrolled-in-unit': 'This computer is not enrolled in a unit yet.',
  'unit-founded-already': 'This unit is founded already. Ask its supervisor to admit you.',
  'unit-founded-elsewhere': 'This unit was founded on another computer meanwhile. Ask its supervisor to admit you.',
  'key-of-endpoint': 'The key of the endpoint cannot be a member’s.',
  'other-founder': 'Someone else than this unit’s founder claims to have founded it.',
  'founder-not-author': 'A unit is founded only by the member who signs it.',
  'member-admitted-already': 'This member is admitted already.',
  'second-needed':
    'This unit has had two supervisors, so a second one must sign an admission. Choose who, and let them enter their passphrase.',

  // The recovery key, and its shares
  'holding-unfit': ({ maximum }) =>
    `The recovery key is split among two to ${maximum} people, of whom two or more must be needed to use it.`,
  'share-malformed': ({ number }) => `Sheet ${number} was not read, or not typed, as it was printed.`,
  'share-twice': 'The same sheet was given twice.',
  'shares-mixed': 'The sheets are not all of the same recovery key.',
  'shares-too-few': ({ count, minimum }) => `The recovery key needs ${minimum} sheets; so many were given: ${count}.`,
  'shares-wrong': 'The sheets do not make the recovery key: one of them was altered.',
  'recovery-key-other': 'The sheets are of a recovery key that is not the unit’s any more.',
  'recovery-not-openable': 'No key of this scope opens with the recovery key. What was written in it stays shut.',
  'recovery-key-used': 'This is, or was, a key of the unit’s recovery. It cannot be bound again.',
  'recovery-not-bound': 'The unit has no recovery key.',
  'recovery-not-permitted': 'Two members must permit this use of the recovery key first.',
  'own-recovery': 'A member who lost their device is not one of the two who permit a new one.',
  'not-for-recovery-key': 'The recovery key cannot do this.',
  'scope-unknown': 'The unit has no such circle of readers.',
  'scope-has-readers': 'Somebody in force can still read this. The recovery key opens only what nobody can.',
  'rotation-late': 'The key that was to be replaced was replaced meanwhile.',
  'boxed-for-others': 'The new key was to go to the devices named and the recovery key, and to nobody else.',

  // Acts on the roster: who belongs to the unit
  'unit-not-founded': 'This unit is not founded yet.',
  'other-roster': 'An act on the roster stands outside it. It changes nothing.',
  'founding-other-endpoint': 'The founding names another endpoint than this computer was enrolled with.',
  'binding-unproved': 'Keys were to be bound that have not signed for it themselves, or that cannot be used.',
  'endpoint-keys-stale': 'Keys of the endpoint were to replace others than those it has.',
  'endpoint-keys-used': 'Keys of the endpoint were to be replaced with some that are in use, or were.',
  'endpoint-keys-unproved':
    'Keys of the endpoint were to be replaced without a signature of the old or of the new ones.',
  'device-of-another': 'The keys that are replaced are another member’s.',
  'renewed-by-another': 'New keys of a device are signed with those keys, and these were not.',
  'device-bound-already': 'This device is bound to a member already.',
  'device-not-bound': 'No such device is bound to a member of this unit.',
  'device-not-in-force': 'Only a device of a member in force can be given the unit’s key.',
  'grant-not-held': 'Only a member who was given the unit’s key can pass it on.',
  'grant-without-key': 'The unit’s key was to be passed on, and is not in the entry.',
  'last-supervisor': 'The unit would be left without a supervisor. Nobody could be admitted any more.',
  'member-ended': 'The membership, or this device, has ended for good.',
  'member-has-device': 'This member still has a device that has not ended. Only they can bind another.',
  'generation-not-its-key': 'A key is named by the id of another.',
  'generation-known': 'The unit has this key already.',
  'generation-unknown': 'The unit has no such key.',
  'rotation-without-past': 'A new key came without the one before it, which opens what was written until then.',
  'too-many-rotations': 'This device has made more keys than it passed on. Another member must make the next.',
  'scope-known': 'There is such a circle of readers already.',
  'reader-twice': 'A key was to be given to one device twice.',
  'not-of-scope': 'This key is not for members of that role, or they were not given the one that comes before it.',
  'too-many-scopes': ({ maximum }) => `This device has made ${maximum} circles of readers already.`,
  'scope-full': ({ maximum }) => `No more than ${maximum} devices can be given the unit’s key.`,
  'too-many-proposals': ({ maximum }) => `This member has ${maximum} acts that wait for a second signature already.`,
  'member-unknown': 'There is no such member in this unit.',
  'nothing-changes': 'This is so already.',
  'proposal-unknown': 'What was to be signed a second time is not waiting for it.',
  'same-member-twice': 'The second signature must be another member’s.',
  'not-allowed-as-second': 'Another member must give the second signature: a supervisor who is not concerned.',

  // Policy and ranks
  'not-unit-stream': 'What concerns the unit stands outside the record that all its members read. It changes nothing.',
  'name-of-another': ({ name }) =>
    `A member of this unit is called ${name}, or was, and the two would look the same. Add what tells them apart: a middle name or a number.`,
  'own-rank': 'Another supervisor records your rank.',
  'action-always-of': (params) =>
    `This cannot be taken from ${whoIn(params)}: else nobody might be able to change it back.`,
  'action-never-of': (params) => `This cannot be given to ${whoIn(params)}.`,
  'action-of-nobody': 'At least one role must be able to do this.',
  'period-out-of-bounds': ({ minimum, maximum, unit }) => `Choose ${minimum} to ${maximum} ${unit}, in whole numbers.`,
  'phrase-unfit': ({ minimum }) => `Each line needs at least ${minimum} characters, one of them a letter or a digit.`,
  'too-many-phrases': ({ maximum }) => `The list holds ${maximum} lines at most. Remove some first.`,

  // What is withdrawn of the log
  'scope-unfit': 'A case cannot be handed to those who read it already, or to everyone.',
  'scope-without-readers': 'Nobody holds the key of those to whom the case was to be handed.',
  'stream-of-unit': 'This is no record of a case. It cannot be withdrawn.',
  'stream-disposed': 'This case was disposed of. That is to be stopped first.',
  'too-many-times': ({ maximum }) => `You passed this case on ${maximum} times already: another member has to do it.`,
  'too-many-namings': ({ maximum }) => `Keys of this case were passed on ${maximum} times already.`,
  'withdrawal-unknown': 'There is no such withdrawal.',
  'withdrawal-stopped': 'This withdrawal was stopped.',
  'withdrawal-not-last': 'The case was handed on again since. That is to be stopped first.',

  // Cases and files
  'not-a-reader': 'This member was not given the case alone.',
  'case-handed-on': 'This case was handed to other readers, and goes on with them. Nothing was recorded.',
  'case-unreadable': 'This case cannot be read on this computer. Its entries are safe in the log.',
  'copy-not-made-here': 'A sanitised copy is made of the file, not recorded.',
  'file-not-here': (params) => `This file is not on this computer yet. ${fromHost(params)}`,
  'file-not-named': 'This file is not the one that the case names. It was not opened.',
  'file-damaged': 'This file is damaged and was not opened. The referral itself is not affected.',

  // Other units
  'reply-key-missing': 'This decision was recorded without a key for the answer. Record it once more.',
  'disposition-in-conflict': 'Another outcome was recorded at the same time. It is sent once that is settled.',
  'unit-unknown-here':
    'The directory does not list this unit, or not yours. It is sent once the operator of the endpoint has signed one that lists both.',
  'own-unit': 'This is your own unit.',
  'directory-none':
    'The operator of the endpoint has not signed a directory of the units yet, or it did not reach this computer. Nothing can be sent to another unit before. It is sent by itself once there is one.',
  'unit-not-in-directory': ({ unit }) =>
    `Who founded ${unit} is not in the directory yet. It is sent as soon as the operator of the endpoint has signed that.`,
  'unit-key-unverified': ({ unit }) => `The key of ${unit} does not verify. Nothing is sealed to it.`,
};

/** What else there is to do. Where this stands, the window adds that the original is kept as it came. */
const notTaken = 'No copy was made. Pass on in words what it shows, or ask your digital forensics unit for a copy.';

const leftInCopy: Readonly<Record<LeftInCopy, string>> = {
  'beside-picture': 'something beside the picture',
  'document-properties': 'properties of the document',
  'earlier-version': 'an earlier version',
  'embedded-file': 'an embedded file',
  form: 'a form',
  'other-pages': 'other pages than it should',
  'picture-metadata': 'metadata of a picture',
  script: 'a script',
  signature: 'a signature',
  structure: 'an outline or names of places',
};

const millions = (value: unknown): number => Number(value) / 1_000_000;

/** Why no sanitised copy was made of a file. */
export const stripRefusals: Catalogue<StripRefusalCode> = {
  'file-not-of-its-type': 'The content is not what its type says, so no copy was made of it.',
  'file-undecodable': `The file could not be taken apart: it is damaged, or was made to do harm. ${notTaken}`,
  'file-too-slow': ({ seconds }) =>
    `The file could not be taken apart in ${seconds} seconds: it may have been made to take long. ${notTaken}`,
  'file-too-demanding': ({ mostMemory }) =>
    `The file could not be taken apart in the ${Number(mostMemory) / 1024 / 1024} MB of memory that Probity gives it: it may have been made to need more. ${notTaken}`,
  'copy-too-large': `The copy would be larger than the 10 MB that an attachment may have, though its pages were made as small as can be read. ${notTaken}`,
  'copy-not-clean': ({ left }) => `The copy still held ${leftInCopy[left as LeftInCopy]}, so it was not kept.`,
  'picture-damaged': 'The picture is damaged, so no copy was made of it.',
  'picture-undecodable': 'The picture cannot be decoded, so no copy was made of it.',
  'picture-too-large': ({ width, height, mostPixels }) =>
    `The picture says that it is ${width} by ${height} pixels. Probity decodes at most ${millions(mostPixels)} million of its kind, so no copy was made of it.`,
  'text-not-plain': 'This file is not plain text (UTF-8), so no copy was made of it.',
  'pdf-damaged': 'This PDF is damaged, so no copy can be made of it.',
  'pdf-protected': 'This PDF needs a password, so no copy can be made of it.',
  'pdf-too-long': ({ pages, mostPages }) =>
    `This PDF has ${pages} pages, and Probity copies at most ${mostPages}. No copy was made. Pass on in words what matters in it, or ask your digital forensics unit for a copy of the pages that do.`,
};
