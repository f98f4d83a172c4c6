/** What keeps Probity from starting or going on: what happened, what is safe, what to do next; and its exit code. */
const safe = 'What is stored on this computer is untouched.';

const notStarted = 'Probity cannot start';
const stopped = 'Probity has stopped';

interface Failure {
  readonly exitCode: number;
  readonly title: string;
  readonly words: string;
}

const failures = {
  defect: {
    exitCode: 1,
    title: stopped,
    words: `Something went wrong inside Probity. ${safe} Start Probity again; if it comes back, tell your administrator.`,
  },
  'keyring-missing': {
    exitCode: 3,
    title: notStarted,
    words:
      'Probity keeps the key of this computer in the system keyring, and this session has none. Nothing was stored. Sign in to a desktop with GNOME Keyring or KWallet, unlock it, and start Probity again.',
  },
  'keychain-unavailable': {
    exitCode: 3,
    title: notStarted,
    words:
      'The secure storage of this computer is not available, so Probity cannot keep its key safe. Nothing was stored. Unlock the keychain, or restart the computer, and start Probity again.',
  },
  'profile-no-room': {
    exitCode: 4,
    title: notStarted,
    words: `The disk that Probity keeps its data on is full. ${safe} Make room, then start Probity again.`,
  },
  'profile-no-rights': {
    exitCode: 5,
    title: notStarted,
    words: `Probity may not write to the folder that it keeps its data in. ${safe} Sign in as the person who uses Probity on this computer, or ask your administrator to give you the folder.`,
  },
  'profile-unusable': {
    exitCode: 6,
    title: notStarted,
    words: `Probity cannot use the folder that it keeps its data in. ${safe} Check that its disk is there, then start Probity again. If it comes back, tell your administrator.`,
  },
  'profile-on-network': {
    exitCode: 7,
    title: notStarted,
    words: `The folder that Probity keeps its data in lies on a network drive. Probity works from a disk of this computer alone, so that no two computers use one profile. ${safe} Ask your administrator for a local profile.`,
  },
  'device-damaged': {
    exitCode: 8,
    title: notStarted,
    words:
      'The file device.json of this computer is damaged. It was left as it is, and so was your sealed work. Restore device.json from a backup, or ask your administrator.',
  },
  'device-sealed-elsewhere': {
    exitCode: 8,
    title: notStarted,
    words:
      'The file device.json was sealed for another user or on another computer, or the keyring is locked. It was left as it is, and so was your sealed work. Unlock the keyring, or sign in as the person who set Probity up, and start Probity again.',
  },
  'program-incomplete': {
    exitCode: 9,
    title: notStarted,
    words: `A part of the Probity program is missing or damaged on this computer. ${safe} Install Probity again, or ask your administrator.`,
  },
  'window-keeps-failing': {
    exitCode: 10,
    title: stopped,
    words:
      'The window of Probity failed several times within a minute. Everything that was saved is kept, and so is what you were typing until about a second before. Restart the computer, then start Probity again. If it comes back, tell your administrator.',
  },
} as const satisfies Readonly<Record<string, Failure>>;

export type FailureCode = keyof typeof failures;

export const failureOf = (code: FailureCode): Failure => failures[code];

/** Of an error from the disk. */
export function diskFailure(error: string | undefined): FailureCode {
  if (error === 'ENOSPC' || error === 'EDQUOT') return 'profile-no-room';
  if (error === 'EACCES' || error === 'EPERM' || error === 'EROFS') return 'profile-no-rights';
  return 'profile-unusable';
}
