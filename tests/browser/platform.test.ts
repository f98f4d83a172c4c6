import { afterEach, expect, test } from 'vitest';

const DATABASE = 'platform-test';

afterEach(async () => {
  await settled(indexedDB.deleteDatabase(DATABASE));
});

test('IndexedDB keeps bytes in a strict transaction across connections', async () => {
  const stored = crypto.getRandomValues(new Uint8Array(64 * 1024));
  const writer = await openDatabase();
  const transaction = writer.transaction('rows', 'readwrite', { durability: 'strict' });
  transaction.objectStore('rows').put(stored, 'one');
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = () => reject(transaction.error);
  });
  writer.close();

  const reader = await openDatabase();
  const found = await settled(reader.transaction('rows').objectStore('rows').get('one'));
  reader.close();
  expect(found).toEqual(stored);
});

test('WebCrypto AES-GCM opens what it sealed and refuses a flipped bit or other header', async () => {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode('header');
  const plain = new TextEncoder().encode('body');
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain));

  const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, sealed);
  expect(new Uint8Array(opened)).toEqual(plain);

  const flipped = sealed.map((byte, at) => (at === 0 ? byte ^ 1 : byte));
  await expect(crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, flipped)).rejects.toThrow();
  const other = new TextEncoder().encode('Header');
  await expect(crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: other }, key, sealed)).rejects.toThrow();
});

test('WebCrypto Ed25519 verifies its own signature only', async () => {
  const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
  const message = new TextEncoder().encode('entry');
  const signature = await crypto.subtle.sign('Ed25519', pair.privateKey, message);
  expect(await crypto.subtle.verify('Ed25519', pair.publicKey, signature, message)).toBe(true);
  const changed = new TextEncoder().encode('Entry');
  expect(await crypto.subtle.verify('Ed25519', pair.publicKey, signature, changed)).toBe(false);
});

test('WebCrypto X25519 gives both sides the same secret', async () => {
  const generate = async () => (await crypto.subtle.generateKey('X25519', false, ['deriveBits'])) as CryptoKeyPair;
  const [ours, theirs] = await Promise.all([generate(), generate()]);
  const derive = (mine: CryptoKeyPair, other: CryptoKeyPair) =>
    crypto.subtle.deriveBits({ name: 'X25519', public: other.publicKey }, mine.privateKey, 256);
  const [left, right] = await Promise.all([derive(ours, theirs), derive(theirs, ours)]);
  expect(new Uint8Array(left)).toEqual(new Uint8Array(right));
  expect(left.byteLength).toBe(32);
});

test('a module worker runs WebCrypto', async () => {
  const source = `
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('probity'));
    postMessage(new Uint8Array(digest).length);
  `;
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module' });
  const reply = await new Promise((resolve, reject) => {
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
  });
  worker.terminate();
  URL.revokeObjectURL(address);
  expect(reply).toBe(32);
});

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore('rows');
  return settled(request);
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
