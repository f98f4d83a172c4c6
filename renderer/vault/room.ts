import type { Host } from './host.ts';

/** Bytes for a day's work with its attachments: with less, the screen says so while there is time to make room. */
const dayOfWork = 512 * 1024 * 1024;
const regularly = 60_000;

/** What the engine lets its databases have, which may be less than the disk has: null where it does not say. */
async function roomOfEngine(): Promise<number | null> {
  const { storage } = globalThis.navigator as { readonly storage?: StorageManager };
  const { quota, usage } = (await storage?.estimate().catch(() => null)) ?? {};
  return quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
}

async function roomOnDisk(host: Host): Promise<number | null> {
  const room = await host.call('host.room', {});
  return room.ok ? room.reply.free : null;
}

/** Bytes that are left for the journal and the database of this computer; null where nobody can tell. */
async function measureRoom(host: Host): Promise<number | null> {
  const told = [await roomOnDisk(host), await roomOfEngine()].filter((room) => room !== null);
  return told.length > 0 ? Math.min(...told) : null;
}

/** Bytes that a database cannot be opened without. */
const leastRoom = 4 * 1024 * 1024;

export const isDiskFull = async (host: Host): Promise<boolean> => ((await roomOnDisk(host)) ?? leastRoom) < leastRoom;

export interface RoomWatch {
  /** Bytes that are left, where that is less than a day's work takes. */
  readonly low: number | null;
}

/** Looks every minute, for as long as the worker lives. @param changed there is too little room, or no longer */
export function watchRoom(host: Host, changed: () => void): RoomWatch {
  let low: number | null = null;
  const look = async (): Promise<void> => {
    const room = await measureRoom(host);
    const next = room !== null && room < dayOfWork ? room : null;
    const isNews = next !== low;
    low = next;
    if (isNews) changed();
  };
  void look();
  setInterval(() => void look(), regularly);
  return {
    get low() {
      return low;
    },
  };
}
