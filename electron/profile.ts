import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { diskFailure, type FailureCode } from './failure-words.ts';

/** Bytes that there must be room for: less, and the database of the browser engine fails in ways of its own. */
const leastRoom = 1024 * 1024;

/** File systems of networks, by the number that Linux gives them: NFS, SMB 1, SMB 2 and later. */
const networkTypes: ReadonlySet<number> = new Set([0x6969, 0xff534d42, 0xfe534d42]);

/**
 * Where everything is kept. On Windows not in the part of a user's profile that roams, where Electron would put it: the
 * keys in it are those of one computer.
 * @param given `npm start` and tests say where
 */
export function setupProfile(given: string | null, platform: NodeJS.Platform): string {
  const profile = given ?? (platform === 'win32' ? localFolder() : app.getPath('userData'));
  app.setPath('userData', profile);
  app.setPath('sessionData', join(profile, 'session'));
  return profile;
}

const localFolder = () => join(app.getPath('home'), 'AppData', 'Local', 'Probity');

/**
 * Whether Probity can write there, tried out: permissions, quotas and read-only disks each say so in their own way. At once
 * and not awaited, because the lock of the profile, which comes next, fails silently where nothing can be written.
 */
export function checkProfile(profile: string, platform: NodeJS.Platform): FailureCode | null {
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 });
    if (isOnNetwork(profile, platform)) return 'profile-on-network';
    tryWriting(join(profile, `.room-${process.pid}`));
    return null;
  } catch (error) {
    return diskFailure((error as NodeJS.ErrnoException).code);
  }
}

function tryWriting(path: string): void {
  try {
    const file = openSync(path, 'w', 0o600);
    try {
      // All of it: one write to a disk that is nearly full writes less, and succeeds.
      writeFileSync(file, new Uint8Array(leastRoom));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } finally {
    rmSync(path, { force: true });
  }
}

export function isOnNetwork(profile: string, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return /^[\\/]{2}(?![?.][\\/])|^\\\\[?]\\UNC\\/i.test(profile);
  return platform === 'linux' && networkTypes.has(statfsSync(profile).type);
}
