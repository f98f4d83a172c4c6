import { onTestFinished } from 'vitest';
import { createClipboardGuard } from '#electron/host/clipboard-guard.ts';
import { createHost, type Host, type HostOptions } from '#electron/host/host.ts';
import type { SecretStore } from '#electron/host/sealed-file.ts';
import type { CallName, CallResult, RequestOf } from '#shared/bridge/contract.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import type { EnrolmentReply } from '#shared/sync/enrolment.ts';

/** Turns each byte over and adds one, to tell sealed from open and to refuse what it did not seal. */
export const turningSecrets: SecretStore = {
  seal: async (bytes) => new Uint8Array([7, ...bytes.map((byte) => byte ^ 0xff)]),
  open: async ([first, ...rest]) => {
    if (first !== 7) throw new Error('sealed elsewhere');
    return new Uint8Array(rest.map((byte) => byte ^ 0xff));
  },
};

export function testHost(options: Partial<HostOptions> & { profile: string }): Host {
  const host = createHost({
    secrets: turningSecrets,
    endpoint: null,
    demo: null,
    version: '1.2.3',
    kind: 'browser',
    clipboard: createClipboardGuard([]),
    now: Date.now,
    fetch: (url, init) => fetch(url, init),
    ...options,
  });
  onTestFinished(() => host.close());
  return host;
}

/** `handle`, with the types that the window has. */
export const callHost = <Name extends CallName>(host: Host, name: Name, request: RequestOf<Name>) =>
  host.handle(name, request) as Promise<CallResult<Name>>;

/** What an endpoint answers to a workstation's code. */
export function anEnrolment(changes: Partial<EnrolmentReply> = {}): EnrolmentReply {
  return {
    purpose: 'workstation',
    unit: {
      id: '5f0c7f4e-6f3c-4a0e-9a52-0d6f9c3a1b11' as UnitId,
      name: 'Anti-Corruption Unit',
      force: 'wessex',
      forceName: 'Wessex Police',
      founded: false,
    },
    endpointKey: 'E'.repeat(43) as AuthorKey,
    checkpointKey: 'M'.repeat(43) as AuthorKey,
    operatorKey: 'Q'.repeat(43) as AuthorKey,
    ...changes,
  };
}
