import type { HostEvent, Probity } from '#shared/bridge/contract.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';

export const demoMembers = [
  { name: 'Morgan Hale', role: 'supervisor', passphrase: 'copper lantern drifts north' },
  { name: 'Asha Venn', role: 'analyst', passphrase: 'quiet harbour seven maps' },
  { name: 'Ben Okafor', role: 'analyst', passphrase: 'velvet orchard under rain' },
] as const;

interface Options {
  readonly demo?: boolean;
  readonly enrolled?: boolean;
  readonly endpoint?: string | null;
  /** What enrolment is refused with. */
  readonly refusal?: string;
}

export interface MemoryHost extends Probity {
  readonly emit: (event: HostEvent) => void;
  readonly calls: string[];
}

/** A host without a machine behind it: answers what the window itself asks, and nothing of the vault's. */
export function createMemoryHost({
  demo = true,
  enrolled = false,
  endpoint = null,
  refusal,
}: Options = {}): MemoryHost {
  const listeners = new Set<(event: HostEvent) => void>();
  const calls: string[] = [];
  const enrolment = {
    purpose: 'workstation' as const,
    unit: {
      id: '30000000-0000-4000-8000-000000000001' as UnitId,
      name: 'Norbeck Anti-Corruption Unit',
      force: 'norbeck',
      forceName: 'Norbeck Constabulary',
      sealingKey: null,
    },
    endpointKey: 'A'.repeat(43) as AuthorKey,
  };
  let isEnrolled = enrolled;
  const replies: Readonly<Record<string, () => unknown>> = {
    'host.describe': () => ({
      kind: 'browser',
      version: '0.1.0',
      endpoint,
      enrolment: isEnrolled ? enrolment : null,
      demo: demo ? { code: 'DEMO1234', members: demoMembers } : null,
    }),
    'device.enrol': () => {
      isEnrolled = true;
      return enrolment;
    },
    'clipboard.copied': () => ({}),
    'clipboard.clear': () => ({}),
  };
  return {
    calls,
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    call: (async (name: string) => {
      calls.push(name);
      if (name === 'device.enrol' && refusal)
        return { ok: false, failure: { code: 'code-unknown', detail: refusal, retry: false } };
      const reply = replies[name];
      if (!reply)
        return { ok: false, failure: { code: 'absent', detail: `The memory host has no ${name}.`, retry: false } };
      return { ok: true, reply: reply() };
    }) as Probity['call'],
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
