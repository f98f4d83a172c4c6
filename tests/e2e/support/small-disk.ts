import { spawnSync } from 'node:child_process';
import { constants } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface SmallDisk {
  /** Leaves no room on it. */
  fill(): Promise<void>;
  /** Gives the room back. */
  free(): Promise<void>;
  unmount(): void;
}

const megabytes = 300;

/** A disk of its own at a folder, for as long as it is mounted. Null where this user may mount none. */
export async function mountSmallDisk(folder: string): Promise<SmallDisk | null> {
  await mkdir(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'tmpfs', folder]);
  if (mounted.status !== 0) return null;
  const filler = join(folder, 'filler');
  return {
    async fill() {
      const file = await open(filler, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND);
      try {
        for (let size = 1 << 20; size >= 1; size >>= 1) {
          const bytes = Buffer.alloc(size, 1);
          // Each write takes what there is room for, or none: until not a byte more goes in.
          while ((await file.write(bytes).catch(() => ({ bytesWritten: 0 }))).bytesWritten > 0);
        }
      } finally {
        await file.close();
      }
    },
    free: () => rm(filler, { force: true }),
    unmount: () => void spawnSync('umount', ['-l', folder]),
  };
}
