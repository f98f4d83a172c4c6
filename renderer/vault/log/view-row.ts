import type { Reading } from '../keys/reading.ts';
import { sealValueForReaders, valueForReaders } from '../store/reading-rows.ts';
import type { Row, Store } from '../store/store.ts';
import type { View } from './view.ts';

const key = 'view';

export const sealView = (reading: Reading, view: View): Promise<Row> => sealValueForReaders(reading, 'meta', key, view);

/** Null when there is none. @throws SealBroken when it is damaged */
export const loadView = (store: Store, reading: Reading): Promise<View | null> =>
  valueForReaders<View>(store, reading, 'meta', key);
