import type { HostEvent } from '#shared/bridge/contract.ts';
import { callList, type Vault } from './calls/call-list.ts';
import type { LockedCall, OpenCall } from './calls/define-call.ts';
import { VaultError } from './codes.ts';
import { createEntrance, type Entrance } from './entrance.ts';
import type { VaultParts } from './session.ts';
import { holdDrafts } from './store/held-drafts.ts';
import type { VaultEvent } from './vault-api.ts';

/** The vault and what its worker tells it of the host. */
export interface RunningVault extends Vault {
  onHostEvent(event: HostEvent): void;
}

const calls = new Map<string, LockedCall | OpenCall>(
  callList.map((call) => [call.name, call as LockedCall | OpenCall]),
);

/** One vault for the life of its worker. Locked until a slot opens; locking is ending the worker. */
export function createVault({ store, ...others }: VaultParts): RunningVault {
  const parts = { ...others, store: holdDrafts(store, others.host) };
  const listeners: ((event: VaultEvent) => void)[] = [];
  const emit = (event: VaultEvent): void => {
    for (const listener of listeners) listener(event);
  };
  let online = false;
  void parts.store.lost.then(() => emit({ type: 'storeLost' }));
  const entrance = createEntrance(parts, () => online, emit);
  return {
    call: ((name: string, input: never) => answer(entrance, name, input)) as Vault['call'],
    async subscribe(listener) {
      listeners.push(listener);
      if (entrance.session) emit({ type: 'status', status: entrance.session.status() });
    },
    onHostEvent(event) {
      if (event.type === 'connection') online = event.online;
      entrance.session?.onHostEvent(event);
    },
  };
}

async function answer(entrance: Entrance, name: string, input: never): Promise<unknown> {
  const call = calls.get(name);
  if (!call) throw new VaultError('vault-defect');
  if (call.needs === 'nothing') return call.run(entrance, input);
  const { session } = entrance;
  if (!session) throw new VaultError('vault-locked');
  if (call.needs !== 'open') await session.loaded;
  if (call.needs === 'matchable') await session.matchable();
  return call.run(session, input, entrance);
}
