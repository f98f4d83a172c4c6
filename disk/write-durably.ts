/** What is said to be on the disk is there after a power cut. Knows nothing of what is written, nor of who writes. */
import { open } from 'node:fs/promises';

/** A new file, readable by its owner only, flushed. That it stands in its folder is sure after `syncFolder`. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Flushes what was made, linked or renamed in the folder. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and NTFS journals links and renames itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
