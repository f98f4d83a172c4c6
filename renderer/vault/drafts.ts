import { utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Held } from './held.ts';
import { openViews, type StoredView } from './saved-views.ts';
import { openRow, sealRow } from './store/sealed-rows.ts';
import type { Change } from './store/store.ts';
import type { Preferences, SavedDraft } from './vault-api.ts';

/** A case's drafts of one member lie in one row, so that the disk shows neither how many there are nor of what. */
type Drafts = Readonly<Record<string, SavedDraft>>;

/** Opaque, and another for each member: the disk does not show who is writing about which case. */
const draftKey = (held: Held, id: StreamId): Promise<string> => digestOf(utf8(`draft/${held.slot.personalKey}/${id}`));

/** @throws SealBroken when they are damaged */
export async function loadDrafts(held: Held, id: StreamId): Promise<Drafts> {
  const row = await held.store.get('drafts', await draftKey(held, id));
  return row ? openRow<Drafts>(held.personalKey, 'drafts', row) : {};
}

async function planDrafts(held: Held, id: StreamId, drafts: Drafts): Promise<readonly Change[]> {
  const key = await draftKey(held, id);
  const none = Object.keys(drafts).length === 0;
  const change = none ? { remove: [key] } : { put: [await sealRow(held.personalKey, 'drafts', key, drafts)] };
  return [{ table: 'drafts', ...change }];
}

/** Only within the writer. Takes one draft of the case away, as part of the commit that makes it an entry. */
export async function planDiscard(held: Held, id: StreamId, step: string): Promise<readonly Change[]> {
  const { [step]: _, ...rest } = await loadDrafts(held, id).catch((): Drafts => ({}));
  return planDrafts(held, id, rest);
}

export function saveDraft(held: Held, id: StreamId, step: string, value: unknown): Promise<SavedDraft> {
  return held.writer.add(async () => {
    const saved = { value, savedAt: new Date(held.clock.now()).toISOString() };
    // Damaged drafts cannot be read back: what is written now takes their place.
    const others = await loadDrafts(held, id).catch(() => ({}));
    await held.store.commit(await planDrafts(held, id, { ...others, [step]: saved }));
    return saved;
  });
}

export function discardDraft(held: Held, id: StreamId, step: string): Promise<void> {
  return held.writer.add(async () => held.store.commit(await planDiscard(held, id, step)));
}

const preferencesKey = (held: Held): string => `preferences:${held.slotId}`;
type StoredPreferences = Omit<Preferences, 'savedViews'> & { readonly savedViews: readonly StoredView[] };
const none: Preferences = { savedViews: [] };

export async function loadPreferences(held: Held): Promise<Preferences> {
  const row = await held.store.get('meta', preferencesKey(held));
  if (!row) return none;
  const stored = await openRow<StoredPreferences>(held.personalKey, 'meta', row).catch(() => none);
  return { ...stored, savedViews: openViews(stored.savedViews) };
}

export async function savePreferences(held: Held, preferences: Preferences): Promise<void> {
  const row = await sealRow(held.personalKey, 'meta', preferencesKey(held), preferences);
  await held.writer.add(() => held.store.commit([{ table: 'meta', put: [row] }]));
}
