import { z } from 'zod';
import { everyCase, type QueueQuery, queueColumns } from '#shared/domain/case/queue-query.ts';
import { writtenAsIs } from '#shared/domain/written/written.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { refuse } from './codes.ts';
import { warning, warnOnce } from './findings.ts';
import type { OpenVault } from './open-vault.ts';
import { openRow, sealRow } from './store/sealed-rows.ts';
import type { Preferences, SavedView } from './vault-api.ts';

const mostViews = 200;
const filter = z.array(z.string().max(60)).max(100);
/** A filter that came after a view was saved is not in it, and one that there is no more hides nothing that there is. */
const querySchema = z
  .strictObject({
    text: z.string().max(500),
    ...{ status: filter, priority: filter, category: filter, corruption: filter, disposition: filter, due: filter },
    holder: z.enum(['anyone', 'unassigned', 'me']),
    sort: z.strictObject({ by: z.enum(queueColumns), descending: z.boolean() }),
  })
  .partial();
const viewSchema = z.strictObject({ name: writtenAsIs(200), query: querySchema });
const theme = z.enum(['system', 'light', 'dark']).optional();
const singleKeys = z.boolean().optional();
const preferencesSchema = z.strictObject({ savedViews: z.array(viewSchema).max(mostViews), theme, singleKeys });

/** What can be read of preferences that are damaged, each part by itself. */
const remainsSchema = z
  .object({
    savedViews: z.array(viewSchema.nullable().catch(null)).catch([]),
    theme: theme.catch(undefined),
    singleKeys: singleKeys.catch(undefined),
  })
  .catch({ savedViews: [] });

const keyOf = ({ member }: OpenVault): string => `preferences:${member.slotId}`;
const none: Preferences = { savedViews: [] };

/** In the order of `everyCase`: views are compared. */
const viewOf = ({ name, query }: z.output<typeof viewSchema>): SavedView => ({
  name,
  query: { ...everyCase, ...query } as QueueQuery,
});

/** What can be read of them: a view that cannot is left out, and it is said that there was one. */
export async function loadPreferences(vault: OpenVault): Promise<Preferences> {
  const row = await vault.io.store.get('meta', keyOf(vault));
  if (!row) return none;
  const stored = await openRow<unknown>(vault.member.personalKey, 'meta', row).catch(() => null);
  const whole = preferencesSchema.safeParse(stored);
  if (!whole.success) warnOnce(vault.findings, warning('preferences-damaged', null));
  const { savedViews, ...likes } = whole.data ?? remainsSchema.parse(stored);
  return { ...likes, savedViews: savedViews.flatMap((view) => (view ? [viewOf(view)] : [])) };
}

/** Nothing is kept that could not be read back. @throws StoreFull */
export async function savePreferences(vault: OpenVault, preferences: Preferences): Promise<Result<null, Refusal>> {
  if (!preferencesSchema.safeParse(preferences).success) return err(refuse('preferences-malformed'));
  const row = await sealRow(vault.member.personalKey, 'meta', keyOf(vault), preferences);
  await vault.io.writer.add(() => vault.io.store.commit([{ table: 'meta', put: [row] }]));
  return ok(null);
}
