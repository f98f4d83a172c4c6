import { utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Held } from './held.ts';
import { openRow, sealRow } from './store/sealed-rows.ts';
import type { DecisionDraft, Preferences } from './vault-api.ts';

/** Opaque, and another for each member: the disk does not show who is writing about which case. */
const draftKey = (held: Held, id: StreamId): Promise<string> => digestOf(utf8(`draft/${held.slot.personalKey}/${id}`));

export async function saveDraft(
  held: Held,
  id: StreamId,
  draft: Omit<DecisionDraft, 'savedAt'>,
): Promise<DecisionDraft> {
  return held.writer.add(async () => {
    const saved = { ...draft, savedAt: new Date(held.clock.now()).toISOString() };
    const row = await sealRow(held.personalKey, 'drafts', await draftKey(held, id), saved);
    await held.store.commit([{ table: 'drafts', put: [row] }]);
    return saved;
  });
}

/** Null when there is none. @throws SealBroken when it is damaged */
export async function loadDraft(held: Held, id: StreamId): Promise<DecisionDraft | null> {
  const row = await held.store.get('drafts', await draftKey(held, id));
  return row ? openRow<DecisionDraft>(held.personalKey, 'drafts', row) : null;
}

export async function discardDraft(held: Held, id: StreamId): Promise<void> {
  const key = await draftKey(held, id);
  await held.writer.add(() => held.store.commit([{ table: 'drafts', remove: [key] }]));
}

const preferencesKey = (held: Held): string => `preferences:${held.slotId}`;
const none: Preferences = { savedViews: [] };

export async function loadPreferences(held: Held): Promise<Preferences> {
  const row = await held.store.get('meta', preferencesKey(held));
  return row ? openRow<Preferences>(held.personalKey, 'meta', row).catch(() => none) : none;
}

export async function savePreferences(held: Held, preferences: Preferences): Promise<void> {
  const row = await sealRow(held.personalKey, 'meta', preferencesKey(held), preferences);
  await held.writer.add(() => held.store.commit([{ table: 'meta', put: [row] }]));
}
