import { openRow, sealRow } from '../store/sealed-rows.ts';
import type { Store } from '../store/store.ts';

/*
 * What the unlock screen calls the unit: as its log names it, kept under the key of the slots' outer seal, so that a copied
 * disk shows no name. Where it is lost, the next unlock writes it again.
 */
const labelName = 'unit-label';

interface UnitLabel {
  readonly name: string;
}

/** Null where none was kept, or where it does not open. */
export async function readUnitLabel(store: Store, labelKey: CryptoKey): Promise<string | null> {
  const row = await store.get('meta', labelName);
  const label = row && (await openRow<UnitLabel>(labelKey, 'meta', row).catch(() => null));
  return label?.name ?? null;
}

/** Nothing is written where it is kept so already, or where the log has not told a name yet. */
export async function keepUnitLabel(store: Store, labelKey: CryptoKey, name: string): Promise<void> {
  if (name === '' || (await readUnitLabel(store, labelKey)) === name) return;
  await store.commit([{ table: 'meta', put: [await sealRow(labelKey, 'meta', labelName, { name })] }]);
}
