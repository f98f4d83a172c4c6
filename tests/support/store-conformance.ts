import { expect, test } from 'vitest';
import { type Row, type Store, tables } from '#renderer/vault/store/store.ts';

const row = (key: string | number, fill: number, streams?: string[]): Row => ({
  key,
  box: new Uint8Array([fill, fill, fill]),
  ...(streams ? { streams } : {}),
});

/** What every store of the vault must do: run against Dexie in Chromium, and against its twin in memory. */
export function describeStore(open: (name: string) => Promise<Store>): void {
  let count = 0;
  const fresh = async (): Promise<{ store: Store; name: string }> => {
    count += 1;
    const name = `conformance-${count}-${Math.floor(performance.now() * 1000)}`;
    return { store: await open(name), name };
  };

  test('gives back what was put, and null for what was not', async () => {
    const { store } = await fresh();
    await store.commit([{ table: 'meta', put: [row('a', 1)] }]);
    expect((await store.get('meta', 'a'))?.box).toEqual(new Uint8Array([1, 1, 1]));
    expect(await store.get('meta', 'b')).toBeNull();
    expect(await store.get('slots', 'a')).toBeNull();
  });

  test('replaces a row of the same key, and removes before it puts', async () => {
    const { store } = await fresh();
    await store.commit([{ table: 'cases', put: [row('a', 1), row('b', 2)] }]);
    await store.commit([{ table: 'cases', remove: ['a', 'b'], put: [row('b', 3)] }]);
    expect((await store.all('cases')).map(({ key, box }) => [key, box[0]])).toEqual([['b', 3]]);
  });

  test('keeps rows in the order of their keys, and pages through them', async () => {
    const { store } = await fresh();
    await store.commit([{ table: 'entries', put: [row(10, 3), row(2, 2), row(1, 1), row(300, 4)] }]);
    expect((await store.all('entries')).map(({ key }) => key)).toEqual([1, 2, 10, 300]);
    expect((await store.after('entries', 1, 2)).map(({ key }) => key)).toEqual([2, 10]);
    expect((await store.after('entries', 1)).map(({ key }) => key)).toEqual([2, 10, 300]);
    expect(await store.after('entries', 300, 2)).toEqual([]);
    expect(await store.count('entries')).toBe(4);
  });

  test('finds rows by what their keys begin with, and no others', async () => {
    const { store } = await fresh();
    await store.commit([
      { table: 'meta', put: [row('a/2', 2), row('a/1', 1), row('ab/1', 3), row('b', 4), row(7, 5)] },
    ]);
    expect((await store.startingWith('meta', 'a/')).map(({ key }) => key)).toEqual(['a/1', 'a/2']);
    expect(await store.keysStartingWith('meta', 'a')).toEqual(['a/1', 'a/2', 'ab/1']);
    expect(await store.startingWith('meta', 'c')).toEqual([]);
    expect(await store.keysStartingWith('cases', 'a')).toEqual([]);
  });

  test('finds entries by any of their streams, in order', async () => {
    const { store } = await fresh();
    await store.commit([{ table: 'entries', put: [row(3, 3, ['x']), row(1, 1, ['x', 'y']), row(2, 2, ['y'])] }]);
    expect((await store.ofStream('x')).map(({ key }) => key)).toEqual([1, 3]);
    expect((await store.ofStream('y')).map(({ key }) => key)).toEqual([1, 2]);
    expect(await store.ofStream('z')).toEqual([]);
  });

  test('commits all tables or none', async () => {
    const { store } = await fresh();
    const impossible = { key: undefined as unknown as string, box: new Uint8Array([9]) };
    await expect(
      store.commit([
        { table: 'meta', put: [row('a', 1)] },
        { table: 'outbox', put: [impossible] },
      ]),
    ).rejects.toThrow();
    expect(await store.get('meta', 'a')).toBeNull();
    expect(await store.count('outbox')).toBe(0);
  });

  test('has every table', async () => {
    const { store } = await fresh();
    for (const table of tables) expect(await store.count(table)).toBe(0);
  });
}
