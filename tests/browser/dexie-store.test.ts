import { describe, expect, test } from 'vitest';
import { openDexieStore } from '#renderer/vault/store/dexie-store.ts';
import { describeStore } from '#tests/support/store-conformance.ts';

describe('the Dexie store', () => {
  describeStore(openDexieStore);

  test('keeps what was committed when it is opened again', async () => {
    const name = `again-${performance.now()}`;
    const first = await openDexieStore(name);
    await first.commit([{ table: 'meta', put: [{ key: 'a', box: new Uint8Array([7]) }] }]);
    first.close();
    const again = await openDexieStore(name);
    expect((await again.get('meta', 'a'))?.box).toEqual(new Uint8Array([7]));
  });
});
