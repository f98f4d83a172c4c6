import { everyCase, type QueueQuery } from '#shared/domain/case/queue-query.ts';
import type { OpenVault } from './open-vault.ts';
import { openRow, sealRow } from './store/sealed-rows.ts';
import type { Preferences } from './vault-api.ts';

const keyOf = ({ member }: OpenVault): string => `preferences:${member.slotId}`;

/** As they lie on the disk: saved by a version that may not have had every filter. */
type StoredPreferences = Omit<Preferences, 'savedViews'> & {
  readonly savedViews: readonly { readonly name: string; readonly query: Partial<QueueQuery> }[];
};
const none: Preferences = { savedViews: [] };

/** A filter that came after a view was saved hides nothing in it. In the order of `everyCase`: views are compared. */
export async function loadPreferences(vault: OpenVault): Promise<Preferences> {
  const row = await vault.io.store.get('meta', keyOf(vault));
  if (!row) return none;
  const stored = await openRow<StoredPreferences>(vault.member.personalKey, 'meta', row).catch(() => none);
  const savedViews = stored.savedViews.map(({ name, query }) => ({ name, query: { ...everyCase, ...query } }));
  return { ...stored, savedViews };
}

export async function savePreferences(vault: OpenVault, preferences: Preferences): Promise<void> {
  const row = await sealRow(vault.member.personalKey, 'meta', keyOf(vault), preferences);
  await vault.io.writer.add(() => vault.io.store.commit([{ table: 'meta', put: [row] }]));
}
