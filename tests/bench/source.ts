import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { WebSocketServer } from 'ws';
import { createDevelopmentHost } from '#build/browser-host/development-host.ts';
import { demoReports } from '#build/demo/demo-report.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { Row, Table } from '#renderer/vault/store/store.ts';
import type { CallName, CallResult, RequestOf } from '#shared/bridge/contract.ts';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { toBase64url } from '#shared/crypto/encoding.ts';
import type { Referral } from '#shared/domain/referral/referral.ts';
import { seenNothing } from '#shared/log/seen.ts';
import { cborType, mostEntries } from '#shared/sync/wire.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { foundedOn } from '#tests/support/workstation.ts';

/** What a fresh workstation of the benched unit has on its disk: the founder's slot and keys. */
export interface Founding {
  readonly slot: string;
  readonly deviceSecret: string;
  readonly rows: readonly { readonly table: Table; readonly row: Omit<Row, 'box'> & { readonly box: string } }[];
}

export interface BenchSource {
  readonly url: string;
  readonly founding: Founding;
  /** What the endpoint, or the host of the founder's workstation, answers. */
  call(name: CallName, request: unknown): Promise<CallResult<CallName>>;
  close(): Promise<void>;
}

/**
 * A unit with `count` invented referrals, served over loopback: as sealed pages of its log for the vault, and as plain
 * records for the peers. Both sides fetch pages of 500: the vault as CBOR, which is what its host passes on, the peers as JSON.
 */
export async function startSource(
  count: number,
  files: (path: string) => Promise<Uint8Array | null>,
): Promise<BenchSource> {
  const profile = await mkdtemp(join(tmpdir(), 'probity-bench-host-'));
  const local = createDevelopmentHost({ profile, endpoint: null, demo: null });
  const endpoint = await createMemoryEndpoint();
  const host = endpoint.host();
  const store = createMemoryStore();
  const { slot, kill } = await foundedOn(store, host);
  kill();
  const founded = endpoint.kept().log.length;
  const records: (Referral & { id: string })[] = [];
  for (const { id, report } of demoReports({ seed: 7, count, until: '2026-11-01T00:00:00.000Z' })) {
    const reference = `PA-${String(records.length + 1).padStart(6, '0')}`;
    const referral = { reference, receivedAt: report.recordedAt, report, attachments: [], leftOut: [] };
    await endpoint.deliver(referral);
    records.push({ id, ...referral });
  }
  const secret = await host.call('device.secret', {});
  const founding: Founding = {
    slot: slot.id,
    deviceSecret: secret.ok ? secret.reply.secret : '',
    rows: Object.entries(store.rows).flatMap(([table, rows]) =>
      [...rows.values()].map((row) => ({ table: table as Table, row: { ...row, box: toBase64url(row.box) } })),
    ),
  };
  const answer = async (path: string, parameters: URLSearchParams): Promise<unknown> => {
    const after = Number(parameters.get('after'));
    const limit = Number(parameters.get('limit'));
    if (path === '/founding') return founding;
    if (path === '/records') return records.slice(after, after + limit);
    return null;
  };
  /** Whole pages by where they begin: to make one takes the twin as long as it takes a vault to bring it in. */
  const pages = new Map<number, Promise<Uint8Array>>();
  const pull = (request: RequestOf<'log.pull'>): Promise<Uint8Array> => {
    const { after, limit } = request;
    const page = pages.get(after) ?? host.call('log.pull', request).then(toCbor);
    if (limit === mostEntries && after + limit <= endpoint.kept().log.length) pages.set(after, page);
    return page;
  };
  for (let after = founded; after < founded + count; after += mostEntries) {
    await pull({ after, seen: seenNothing, limit: mostEntries });
  }
  const call = async (name: CallName, request: unknown): Promise<Uint8Array> =>
    name === 'log.pull' ? pull(request as RequestOf<'log.pull'>) : toCbor(await host.call(name, request as never));
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://bench');
    if (url.pathname === '/call') {
      const asked = fromCbor(new Uint8Array(await buffer(request))) as { name: CallName; request: unknown };
      response.writeHead(200, { 'content-type': cborType }).end(await call(asked.name, asked.request));
      return;
    }
    const found = await answer(url.pathname, url.searchParams);
    const bytes = found ? Buffer.from(JSON.stringify(found)) : await files(url.pathname);
    response.writeHead(bytes ? 200 : 404, {
      'content-type': url.pathname.endsWith('.js') ? 'text/javascript' : found ? 'application/json' : 'text/html',
    });
    response.end(bytes ?? '');
  });
  // As on a workstation: what the host keeps is in files, flushed.
  const sockets = new WebSocketServer({ server, path: '/host', perMessageDeflate: false });
  sockets.on('connection', (socket) =>
    socket.on('message', async (data) => {
      const { id, name, request } = fromCbor(data as Buffer) as { id: number; name: string; request: unknown };
      socket.send(toCbor({ id, result: await local.handle(name, request) }));
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    sockets.close();
    server.close();
    local.close();
    await rm(profile, { recursive: true, force: true });
  };
  return {
    url: `http://127.0.0.1:${port}`,
    founding,
    call: async (name, request) => fromCbor(await call(name, request)) as CallResult<CallName>,
    close,
  };
}
