import type { Opening } from '#renderer/vault/open-by-hand.ts';
import { say } from '#renderer/words/say.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { flushDrafts } from './draft-store.ts';
import { notify } from './notice-store.ts';
import { allRecorded } from './recording-store.ts';
import { notOpenedYet, openCase, whileHere } from './screen-store.ts';
import { ask, isAttached, troubleOf } from './vault-port.ts';

/** The form under which it is kept while it is written. */
export const byHandForm = 'byHand';

/* Features may not look into the vault: its types come to them from the stores. */
export type { Opening };

/**
 * Opens the case, and goes into it.
 * @param value as its draft has it, which ends with that; undefined where nothing was typed
 * @returns why not; null once it is saved here
 */
export async function openWritten(opening: Opening, value: unknown): Promise<Refusal | null> {
  const isHere = whileHere();
  // A draft that is being saved must not come after the case that it becomes.
  await flushDrafts();
  const draft = { of: notOpenedYet, form: byHandForm, value };
  const opened = await ask('case.openByHand', { ...opening, draft });
  if (!opened.ok) return opened.error;
  if (isHere()) await openCase(opened.value);
  if (isAttached()) notify('The case is open, and it is yours. Saved here.');
  return null;
}

/** Makes one case of two, and goes into it. @returns why not, in words */
export async function joinReferral(id: StreamId, referral: StreamId, why: string): Promise<string | null> {
  const isHere = whileHere();
  try {
    await allRecorded();
    const joined = await ask('case.join', { case: id, referral, why });
    if (!joined.ok) return say(joined.error);
    if (isHere()) await openCase(joined.value);
    if (isAttached()) notify('Joined: one case, with both texts. Saved here.');
    return null;
  } catch (error) {
    return troubleOf(error);
  }
}
