import type { Held } from '../held.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';
import { StoreFull } from '../store/store.ts';
import { type Marks, noMarks } from './marks.ts';

/** Of one member, under their own seal: it holds what identifies people, of the cases that they can open. */
const keyOf = ({ slotId }: Held): string => `marks:${slotId}`;

/** Begins anew when the row is damaged. */
export async function loadMarks(held: Held): Promise<Marks> {
  const row = await held.store.get('meta', keyOf(held));
  return row ? openRow<Marks>(held.personalKey, 'meta', row).catch(() => noMarks) : noMarks;
}

/** Only within the writer. On a full disk they hold until the vault locks, and are found again after. */
export async function saveMarks(held: Held, marks: Marks): Promise<void> {
  const row = await sealRow(held.personalKey, 'meta', keyOf(held), marks);
  await held.store.commit([{ table: 'meta', put: [row] }]).catch((error: unknown) => {
    if (!(error instanceof StoreFull)) throw error;
  });
  held.marks = marks;
}
