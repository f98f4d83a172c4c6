import type { Readership } from '../keys/readership.ts';
import { sealValueForReaders, valueForReaders } from '../store/reader-rows.ts';
import type { Row, Store } from '../store/store.ts';
import type { View } from './view.ts';

const key = 'view';

export const sealView = (readership: Readership, view: View): Promise<Row> =>
  sealValueForReaders(readership, 'meta', key, view);

/** Null when there is none. @throws SealBroken when it is damaged */
export const loadView = (store: Store, readership: Readership): Promise<View | null> =>
  valueForReaders<View>(store, readership, 'meta', key);
