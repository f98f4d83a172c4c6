import type { HostFailureCode } from '#shared/bridge/contract.ts';
import type { ProblemCode } from '#shared/sync/problem.ts';
import type { Catalogue } from './catalogue.ts';

const safeHere = 'Nothing is lost: your work is kept sealed on this computer';

const addressWords: Readonly<Record<string, string>> = {
  none: 'That is not an address.',
  'not-secure': 'The address must begin with https://.',
  'more-than-host': 'The address must be https:// and a host name, and nothing more.',
};

/** What the desktop program refuses, or could not do: what happened, what is safe, what to do next. */
export const hostFailures: Catalogue<HostFailureCode> = {
  'unknown-call': 'The window asked for something that this version of Probity does not have.',
  'call-malformed': ({ fields }) =>
    `The window sent a request that is not well formed (${[fields].flat().join(', ')}). Nothing was done.`,
  'reply-malformed': `The endpoint sent an answer that Probity does not understand. It was not used. ${safeHere}.`,
  'host-defect': `Something went wrong inside Probity. ${safeHere}. Start Probity again; if it comes back, tell your administrator.`,
  'host-unreachable':
    'The program behind this window does not answer. Nothing is lost: your work is kept sealed here. Check that `npm start` is running.',
  'host-restarted': 'Probity was started again since this page was opened. Open the address that it printed.',
  'foreign-sender': 'Only the Probity window may ask this. Nothing was done.',
  'not-enrolled':
    'This workstation is not enrolled yet. Nothing was sent. Enrol it with the code from your administrator.',
  'clipboard-unreachable':
    'The program behind this window cannot reach the clipboard. It was not cleared. Copy something harmless in its place.',
  'no-endpoint': 'No endpoint address is set. Give the address that your administrator sent you.',
  'endpoint-address': ({ why }) =>
    `${addressWords[String(why)] ?? addressWords.none} Nothing was sent. Check the address and try again.`,
  offline: ({ timedOut }) =>
    timedOut
      ? `The endpoint did not answer in time, so it is not known whether it has the message. ${safeHere}; sending it again does no harm.`
      : `The endpoint cannot be reached. ${safeHere} and will be sent when the connection is back.`,
  certificate: `This computer does not trust the certificate of the endpoint, so nothing was sent. ${safeHere}. Tell your administrator.`,
  'redirect-refused': `The endpoint pointed to another address, which Probity never follows. ${safeHere}. Check the address with your administrator.`,
  'reply-too-large': `The endpoint sent more than Probity accepts. It was not used. ${safeHere}. Tell your administrator.`,
  'endpoint-error': ({ status }) => `The endpoint answered with error ${status} and no explanation. ${safeHere}.`,
  'blob-mismatch':
    'The endpoint sent an attachment that is not the one asked for. It was not used. Tell your administrator.',
  'endpoint-key-changed':
    'This endpoint does not hold the key that this workstation was enrolled with. Nothing was changed. It may be an impostor: tell your administrator before going on.',
  'operator-key-changed':
    'This endpoint names another key of its operator than this workstation was enrolled with. Nothing was changed. Tell your administrator before going on.',
  'other-endpoint': ({ own }) =>
    `This workstation speaks only to the endpoint at ${own}. Nothing was sent or changed. If the endpoint has moved, ask your administrator.`,
  'other-unit':
    'This workstation is enrolled for another unit. Nothing was changed. Use a separate profile for each unit.',
  'not-a-workstation-code':
    'This code is for an intake service, not for a workstation. Nothing was changed here. Ask your administrator for a workstation code.',
  'code-malformed': 'A code has 8 to 32 letters and digits. Nothing was sent.',
  disk: ({ error }) =>
    `This computer could not read or write Probity's folder (${error}). Nothing was sent. Check that the disk has space and that the folder is yours, then try again.`,
  'no-more-held': `The disk cannot be written, and Probity holds as much unsaved text as it can. Free some space now.`,
  'journal-moved': `Something else wrote to the journal of this computer. Nothing was saved just now; what was saved before is safe. Start Probity again.`,
  'journal-newer':
    'The journal of this computer was written by a newer Probity. It was left as it is, and so was your sealed work. Update Probity on this computer, then start it again.',
  'attempts-damaged':
    'The count of wrong passphrases on this computer is damaged. It begins anew, and each member waits after the next wrong one.',
  'attempts-sealed-elsewhere':
    'The count of wrong passphrases was made for another user or on another computer. It begins anew, and each member waits after the next wrong one.',
  'slot-secret-missing':
    'A key of this member is missing: slot-secrets.json of this workstation is not as it was left, or the slot is an older one, from before the passphrase was changed. Nothing was changed. Restore slot-secrets.json from a backup, or ask your administrator.',
  'slot-secrets-damaged':
    'The file slot-secrets.json of this workstation is damaged. It was left as it is, and so was your sealed work. Restore slot-secrets.json from a backup, or ask your administrator.',
  'slot-secrets-sealed-elsewhere':
    'The file slot-secrets.json was sealed for another user or on another computer, or was changed, and does not open here. It was left as it is, and so was your sealed work. Sign in to the computer as the person who set Probity up, or ask your administrator.',
  'too-many-slots': 'This workstation has as many members as it can hold. Nothing was changed.',
  'device-damaged':
    'The file device.json of this workstation is damaged. It was left as it is, and so was your sealed work. Restore device.json from a backup, or ask your administrator.',
  'device-sealed-elsewhere':
    'The file device.json was sealed for another user or on another computer, or was changed, and does not open here. It was left as it is, and so was your sealed work. Sign in to the computer as the person who set Probity up, or ask your administrator.',
  'enrolment-damaged':
    'The file enrolment.json of this workstation is damaged. It was left as it is, and so was your sealed work. Restore enrolment.json from a backup, or ask your administrator.',
  'enrolment-sealed-elsewhere':
    'The file enrolment.json was sealed for another user or on another computer, or was changed, and does not open here. It was left as it is, and so was your sealed work. Sign in to the computer as the person who set Probity up, or ask your administrator.',
};

const notTaken = (what: string): string => `The endpoint did not take what was sent: ${what}. ${safeHere}.`;
const tellAdministrator = (what: string): string => `${notTaken(what)} Tell your administrator.`;

/** What the endpoint refuses. */
export const endpointRefusals: Catalogue<ProblemCode> = {
  'json-malformed': tellAdministrator('it could not be read'),
  'request-malformed': tellAdministrator('it is malformed'),
  'entry-malformed': tellAdministrator('an entry is malformed'),
  'entry-parts': tellAdministrator('the content of an entry is not what its author signed'),
  'entry-signature': tellAdministrator('an entry is not signed by its author'),
  'entry-other-unit': tellAdministrator('an entry belongs to another unit'),
  'entry-author-reserved': tellAdministrator('an entry claims to be from the endpoint'),
  'entry-seen': tellAdministrator('an entry claims to know less than its author knew before'),
  'entry-seen-unproved': tellAdministrator('an entry claims to have seen a log that the endpoint never signed'),
  'checkpoint-refused': `The endpoint does not know the log that this computer has read. ${safeHere}. Tell your administrator.`,
  'founding-refused': tellAdministrator('the founding of this unit is not valid'),
  'digest-mismatch': tellAdministrator('a file arrived changed'),
  'transfer-to-self': notTaken('a referral cannot be transferred to its own unit'),
  'token-missing': tellAdministrator('the request is not signed'),
  'token-refused': `The endpoint does not accept the signature of this computer’s requests. ${safeHere}. Check the clock of this computer: it may differ by no more than a minute.`,
  'token-replayed': `The endpoint has seen this request before. ${safeHere}; it is tried again.`,
  'device-unknown': `The endpoint does not know this computer. ${safeHere}. Ask your administrator for a new code.`,
  'code-refused': 'The endpoint does not accept this code. It may have been used or have expired. Ask for another.',
  'device-not-allowed': `This computer may not do this at the endpoint. ${safeHere}. Tell your administrator.`,
  'not-of-a-member': tellAdministrator('no member of this unit in force, who decides on cases, has signed it'),
  'not-found': tellAdministrator('it has no such address'),
  'blob-unknown': 'The endpoint does not have this file.',
  'force-unknown': 'No unit receives reports about this force.',
  'unit-unknown': 'The endpoint does not know this unit.',
  'transfer-unknown': tellAdministrator('it knows of no such transfer'),
  'checkpoint-unknown': tellAdministrator('the log of another unit has no such checkpoint'),
  'tile-unknown': tellAdministrator('the tree of the log has no such part'),
  'reference-unknown': tellAdministrator('it knows of no such reference'),
  'method-not-allowed': tellAdministrator('it does not take this here'),
  'unit-not-ready': 'The other unit has not started with Probity yet. It is sent as soon as it has.',
  'operator-unknown':
    'The endpoint was not told the key of its operator yet. Ask whoever operates it, then enter the code again.',
  'entry-author-unknown': `The endpoint knows of no member of this unit who signs with this key. ${safeHere}. Ask your supervisor whether you were admitted.`,
  'entry-newer': tellAdministrator('an entry was written by a newer Probity than the endpoint’s'),
  'unit-founded': 'This unit was founded on another computer already. Ask its supervisor to admit you.',
  'device-enrolled-elsewhere': 'This computer is enrolled already. Ask your administrator.',
  'entry-out-of-order': `Entries of yours no longer follow the log. ${safeHere}; they are signed again and sent.`,
  'stream-closed': `A case was handed to other readers while you wrote in it. ${safeHere}; it is sealed for them and sent.`,
  'stream-without-readers': tellAdministrator('an entry does not say who may read it'),
  'entry-id-reused': `Another entry has the id of one of yours. ${safeHere}; yours is signed again and sent.`,
  'generation-replaced': 'The other unit has changed its key meanwhile. It is sealed again and sent.',
  'reply-key-replaced': 'The other unit has handed the case on meanwhile. The answer is sealed again and sent.',
  'transfer-id-reused': tellAdministrator('another transfer has this id'),
  'report-id-reused': tellAdministrator('another report has this id'),
  'body-too-large': tellAdministrator('it is too large'),
  'attachments-too-many': tellAdministrator('it has too many attachments'),
  'report-too-large': tellAdministrator('the report is too large'),
  'transfer-too-large': 'This referral is too large to be transferred. It stays here. Send it by another way.',
  'media-type-unsupported': tellAdministrator('it is of a kind that it does not take'),
  'rate-limited': `The endpoint asks for fewer requests. ${safeHere}; it is tried again in a while.`,
  'headers-too-large': tellAdministrator('it is too large'),
  'internal-error': `The endpoint failed. ${safeHere}; it is tried again.`,
  'endpoint-keys-missing': `The log of your unit names keys that the endpoint does not have. It takes nothing new. ${safeHere}, and sent when its operator has put that right. Tell your administrator.`,
  'unit-other-founder':
    'What the endpoint has stored of the other unit is not the log of that unit. Nothing was sent there, and it is tried again. Tell your administrator.',
  'endpoint-set-back': `The endpoint lacks entries that it had taken before: it was set back, as after a restore from an old backup. It takes nothing new. ${safeHere}, and sent when its operator has put that right. Tell your administrator.`,
  'storage-full': `The storage of the endpoint is full. ${safeHere} and sent when there is room. Tell your administrator.`,
  'storage-unavailable': `The storage of the endpoint does not answer. ${safeHere} and sent when it does.`,
};
