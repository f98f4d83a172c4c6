import { create } from 'zustand';
import type { Vault } from '#renderer/vault/calls/call-list.ts';
import type { AttachmentVersion, OpenedAttachment } from '#renderer/vault/vault-api.ts';
import { say } from '#renderer/words/say.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { err, type Result } from '#shared/kernel/result.ts';
import { rereadCase } from './case-store.ts';
import { notify } from './notice-store.ts';
import { ask, stillOpen, troubleOf, vaultNow } from './vault-port.ts';

/** An attachment, by its case and its place in the referral. */
interface AttachmentRef {
  readonly id: StreamId;
  readonly index: number;
}

interface CopyStore {
  /** The one of which a copy is being made. It may take seconds: the forms of the case are not held up by it. */
  readonly making: AttachmentRef | null;
  /** Why there is none of the one asked for last. */
  readonly refused: (AttachmentRef & { readonly why: string }) | null;
}

export const useCopies = create<CopyStore>(() => ({ making: null, refused: null }));

export const isSameAttachment = (one: AttachmentRef | null, id: StreamId, index: number): boolean =>
  one?.id === id && one.index === index;

async function askForCopy(vault: Vault, id: StreamId, index: number): Promise<string | null> {
  try {
    const result = await vault.call('attachment.sanitise', { id, index });
    if (result.ok && stillOpen(vault)) await rereadCase(id);
    return result.ok ? null : say(result.error);
  } catch (error) {
    return `No copy was made. ${troubleOf(error)}`;
  }
}

/** One at a time. Says when it is durable here, wherever the member has gone by then. */
export async function makeCopy(id: StreamId, index: number): Promise<void> {
  if (useCopies.getState().making) return;
  useCopies.setState({ making: { id, index }, refused: null });
  const vault = vaultNow();
  const why = await askForCopy(vault, id, index);
  // Locked meanwhile, and perhaps opened again by somebody else: what is on screen is not this copy's.
  if (!stillOpen(vault)) return;
  useCopies.setState({ making: null, refused: why === null ? null : { id, index, why } });
  if (why === null) notify('Sanitised copy made. Saved here.');
}

export const resetCopies = (): void => useCopies.setState(useCopies.getInitialState(), true);

/** The bytes go to the screen that asked, and into no store. */
export async function openAttachment(
  id: StreamId,
  index: number,
  version: AttachmentVersion = 'original',
): Promise<Result<OpenedAttachment, string>> {
  try {
    const result = await ask('attachment.open', { id, index, version });
    return result.ok ? result : err(say(result.error));
  } catch (error) {
    return err(troubleOf(error));
  }
}
