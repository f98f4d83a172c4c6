import { utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { firstStream } from './cases/case-index.ts';
import type { OpenVault } from './open-vault.ts';
import { DraftHeld } from './store/held-drafts.ts';
import { openRow, sealRow } from './store/sealed-rows.ts';
import type { Change } from './store/store.ts';
import type { KeptDraft, SavedDraft } from './vault-api.ts';

/** A case's drafts of one member lie in one row, so that the disk shows neither how many there are nor of what. */
type Drafts = Readonly<Record<string, SavedDraft>>;

/**
 * Opaque, and another for each member: the disk does not show who is writing about which case. A case keeps its drafts when it
 * is handed on and goes on in another stream.
 */
const draftKey = (vault: OpenVault, id: StreamId): Promise<string> =>
  digestOf(utf8(`draft/${vault.member.slot.personalKey}/${firstStream(vault.cases, id)}`));

/** @throws SealBroken when they are damaged */
export async function loadDrafts(vault: OpenVault, id: StreamId): Promise<Drafts> {
  const row = await vault.io.store.get('drafts', await draftKey(vault, id));
  return row ? openRow<Drafts>(vault.member.personalKey, 'drafts', row) : {};
}

async function planDrafts(vault: OpenVault, id: StreamId, drafts: Drafts): Promise<readonly Change[]> {
  const key = await draftKey(vault, id);
  const none = Object.keys(drafts).length === 0;
  const change = none ? { remove: [key] } : { put: [await sealRow(vault.member.personalKey, 'drafts', key, drafts)] };
  return [{ table: 'drafts', ...change }];
}

/** Damaged drafts cannot be read back: they count as none. */
const readDrafts = (vault: OpenVault, id: StreamId): Promise<Drafts> => loadDrafts(vault, id).catch((): Drafts => ({}));

/** What of a form is being recorded. */
export interface RecordedDraft {
  readonly form: string;
  /** As the draft has it; undefined where nothing was typed. */
  readonly value: unknown;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Only within the writer. Takes the draft away with the commit that makes it an entry, but not what was typed since. */
export async function planRecorded(
  vault: OpenVault,
  id: StreamId,
  { form, value }: RecordedDraft,
): Promise<readonly Change[]> {
  if (value === undefined) return [];
  const { [form]: kept, ...rest } = await readDrafts(vault, id);
  return !kept || isSame(kept.value, value) ? planDrafts(vault, id, rest) : [];
}

export function saveDraft(
  vault: OpenVault,
  id: StreamId,
  step: string,
  { value, shown }: Omit<SavedDraft, 'savedAt'>,
): Promise<KeptDraft> {
  return vault.io.writer.add(async () => {
    const saved = { value, ...(shown && { shown }), savedAt: timeOf(vault.io.clock) };
    const changes = await planDrafts(vault, id, { ...(await readDrafts(vault, id)), [step]: saved });
    try {
      await vault.io.store.commit(changes);
      return { savedAt: saved.savedAt, held: false };
    } catch (error) {
      if (error instanceof DraftHeld) return { savedAt: saved.savedAt, held: true };
      throw error;
    }
  });
}

export function discardDraft(vault: OpenVault, id: StreamId, step: string): Promise<void> {
  return vault.io.writer.add(async () => {
    const { [step]: _, ...rest } = await readDrafts(vault, id);
    await vault.io.store.commit(await planDrafts(vault, id, rest));
  });
}
