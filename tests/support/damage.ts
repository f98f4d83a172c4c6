import type { MemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { Table } from '#renderer/vault/store/store.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import type { Entry } from '#shared/log/entry.ts';

/** The same number of bytes, of which the first is another. */
const altered = (bytes: Bytes): Bytes => bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte));

/** As its author did not sign it. */
export const signedWrongly = ({ header, wire }: Entry): Entry => ({
  header,
  wire: { ...wire, signature: altered(wire.signature) },
});

/** With a body that its author did not sign. */
export const bodyChanged = ({ header, wire }: Entry): Entry => ({
  header,
  wire: { ...wire, body: wire.body && altered(wire.body) },
});

/** One bit of a byte of a stored row, as a bad disk or a curious hand turns it. */
export function flipByte(store: MemoryStore, table: Table, key: string | number, at: number): void {
  const row = store.rows[table].get(key);
  if (!row) throw new Error('no such row');
  const box = row.box.slice();
  const index = at % box.length;
  box[index] = (box[index] as number) ^ 0x40;
  store.rows[table].set(key, { ...row, box });
}
