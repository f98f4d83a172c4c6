import { Dexie } from 'dexie';
import { ask, type Host } from '#renderer/vault/host.ts';
import { currentKdf, deriveSlotKey } from '#renderer/vault/keys/passphrase.ts';
import { program } from '#renderer/vault/program.ts';
import { stripInWorker } from '#renderer/vault/sanitise/strip-in-worker.ts';
import { openDexieStore } from '#renderer/vault/store/dexie-store.ts';
import { openJournaledStore } from '#renderer/vault/store/journaled-store.ts';
import type { Change } from '#renderer/vault/store/store.ts';
import { createVault, type RunningVault } from '#renderer/vault/vault.ts';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { fromBase64url, randomBytes } from '#shared/crypto/encoding.ts';
import { everyCase, type QueueQuery } from '#shared/domain/case/queue-query.ts';
import { soughtAsTyped } from './sought.ts';
import type { Founding } from './source.ts';
import { getJson, type Measures, median, percentile, spread, timed } from './stopwatch.ts';

const storeName = 'bench-vault';
const passphrase = 'copper lantern orbit meadow';
/** A question that the stored top of the queue cannot answer: needs every case in memory. */
const byReference: QueueQuery = { ...everyCase, sort: { by: 'reference', descending: false } };

/** The network, which the bench can take away, and what was spent on it: fetching and parsing pages. */
const network = { up: true, milliseconds: 0 };

/** This computer's own host, over a WebSocket as in the browser host. */
const waiting = new Map<number, (result: unknown) => void>();
let lastId = 0;
let ownHost: Promise<WebSocket> | null = null;

function connect(): Promise<WebSocket> {
  const socket = new WebSocket(`ws://${location.host}/host`);
  socket.binaryType = 'arraybuffer';
  socket.onmessage = ({ data }) => {
    const { id, result } = fromCbor(new Uint8Array(data)) as { id: number; result: unknown };
    waiting.get(id)?.(result);
    waiting.delete(id);
  };
  return new Promise((resolve) => {
    socket.onopen = () => resolve(socket);
  });
}

async function askOwnHost(name: string, request: unknown): Promise<unknown> {
  ownHost ??= connect();
  const socket = await ownHost;
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    socket.send(toCbor({ id, name, request }));
  });
}

function hostWith(deviceSecret: string): Host {
  return {
    async call(name, request) {
      if (name === 'device.secret') return { ok: true, reply: { secret: deviceSecret } } as never;
      const isHere = /^(journal|attempt)\./.test(name);
      if (isHere) return (await askOwnHost(name, request)) as never;
      if (!network.up && !name.startsWith('slot.'))
        return { ok: false, failure: { code: 'offline', params: {}, retry: true } };
      const start = performance.now();
      const response = await fetch('/call', { method: 'POST', body: toCbor({ name, request }) });
      const reply = fromCbor(new Uint8Array(await response.arrayBuffer()));
      network.milliseconds += performance.now() - start;
      return reply as never;
    },
  };
}

async function startVault(): Promise<{ vault: RunningVault; slot: string }> {
  const founding = await getJson<Founding>('/founding');
  const host = hostWith(founding.deviceSecret);
  const database = await openDexieStore(storeName);
  const store = await openJournaledStore(database, host, fromBase64url(founding.deviceSecret));
  if ((await store.count('slots')) === 0) {
    const changes = founding.rows.map(
      ({ table, row }): Change => ({ table, put: [{ ...row, box: fromBase64url(row.box) }] }),
    );
    await store.commit(changes);
  }
  const clock = { now: () => Date.now() };
  // Slots were made with the weakest Argon2id: what it costs in earnest is measured by itself.
  const vault = createVault({
    found: store.findings,
    ...{ store, host, clock, kdf: { memoryKiB: 64, passes: 1 } },
    strip: stripInWorker,
    program,
  });
  return { vault, slot: founding.slot };
}

async function unlock(vault: RunningVault, slot: string): Promise<void> {
  const result = await vault.call('slot.unlock', { slot, passphrase });
  if (!result.ok) throw new Error(result.error.code);
}

async function ingest(): Promise<Measures> {
  await Dexie.delete(storeName);
  const { writer } = await ask(hostWith(''), 'journal.read', { after: 0 });
  await ask(hostWith(''), 'journal.settle', { writer, keep: [], end: 0 });
  const { vault, slot } = await startVault();
  await unlock(vault, slot);
  const time = await timed(() => vault.call('sync.now', {}), 'ingest');
  const { total } = await vault.call('queue.page', { query: byReference, offset: 0, limit: 200 });
  // What comes in before the index was read is put into it afterwards: an unlocking later on finds it whole.
  const indexed = await timed(() => untilSearched(vault));
  // The top of the queue is stored after a second of quiet.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  return { ingest: time, fetching: network.milliseconds, cases: total, indexed };
}

/** Until what a referral says is searched, and not its row of the queue alone. */
async function untilSearched(vault: RunningVault): Promise<void> {
  const query = { ...everyCase, text: 'd' };
  while ((await vault.call('queue.page', { query, offset: 0, limit: 1 })).searchedInBrief) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function queue(): Promise<Measures> {
  const { vault, slot } = await startVault();
  let unlocked = 0;
  let firstPage = 0;
  const whole = await timed(async () => {
    unlocked = await timed(() => unlock(vault, slot));
    firstPage = unlocked + (await timed(() => vault.call('queue.page', { query: everyCase, offset: 0, limit: 200 })));
    await vault.call('queue.page', { query: byReference, offset: 0, limit: 200 });
  }, 'unlock to whole queue');
  const searched = whole + (await timed(() => untilSearched(vault), 'index of quick search'));
  return { unlocked, firstPage, queue: whole, searched };
}

async function work(): Promise<Measures> {
  const { vault, slot } = await startVault();
  await unlock(vault, slot);
  await vault.call('sync.now', {});
  // A save is durable here before anything is sent: what sending costs afterwards is not part of it.
  network.up = false;
  const { total } = await vault.call('queue.page', { query: byReference, offset: 0, limit: 1 });
  const ids = [];
  for (const offset of spread(total, 100)) {
    const [row] = (await vault.call('queue.page', { query: byReference, offset, limit: 1 })).rows;
    if (row) ids.push(row.id);
  }
  const opens: number[] = [];
  const saves: number[] = [];
  for (const id of ids) {
    opens.push(await timed(() => vault.call('case.open', { id }), 'open a case'));
    await vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });
    const rationale = 'Checked against what is known; there is enough to keep and review.';
    const data = { atRiskNow: 'no' as const, people: [], rationale };
    const command = { type: 'risk.assessed' as const, case: id, data };
    saves.push(await timed(() => vault.call('case.record', { command }), 'save a decision'));
  }
  await untilSearched(vault);
  const searches: number[] = [];
  for (const text of soughtAsTyped)
    searches.push(
      await timed(() => vault.call('queue.page', { query: { ...everyCase, text }, offset: 0, limit: 200 })),
    );
  return { open: median(opens), save: median(saves), search: median(searches), searchP95: percentile(searches, 0.95) };
}

const derivation = async (): Promise<Measures> => ({
  argon2id: await timed(() => deriveSlotKey(passphrase, randomBytes(16), currentKdf, randomBytes(32))),
});

export async function measureVault(what: string): Promise<Measures> {
  switch (what) {
    case 'ingest':
      return ingest();
    case 'queue':
      return queue();
    case 'work':
      return work();
    default:
      return derivation();
  }
}
