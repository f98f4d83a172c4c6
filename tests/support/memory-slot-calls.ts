import { createAttempts } from '#electron/host/attempts.ts';
import type { SealedFile } from '#electron/host/sealed-file.ts';
import { createSlotSecrets } from '#electron/host/slot-secrets.ts';
import type { CallFailure, CallName, CallResult, RequestOf } from '#shared/bridge/contract.ts';
import { ok, type Result } from '#shared/kernel/result.ts';

const slotCalls = [
  'attempt.waits',
  'attempt.begin',
  'attempt.opened',
  'slot.begin',
  'slot.secret',
  'slot.settle',
] as const satisfies readonly CallName[];
type SlotCall = (typeof slotCalls)[number];

export const isSlotCall = (name: CallName): name is SlotCall => slotCalls.some((each) => each === name);

const resultOf = (result: Result<unknown, CallFailure>): CallResult<CallName> =>
  (result.ok ? { ok: true, reply: result.value } : { ok: false, failure: result.error }) as CallResult<CallName>;

function memoryFile<Value>(): SealedFile<Value> {
  let kept: Value | null = null;
  return {
    read: async () => ok(kept),
    write: async (value) => {
      kept = value;
    },
  };
}

export type KeptSlotSecret = RequestOf<'slot.secret'> & { readonly secret: string };

/** By the device's secret, all that were ever made: several hosts may stand for one computer, as its copies do. */
const madeBy = new Map<string, Map<string, KeptSlotSecret>>();

const idOf = ({ slot, passphrase }: RequestOf<'slot.secret'>): string => `${slot} ${passphrase}`;

/** What one host has of them: all but what was destroyed there. */
function slotSecretsFile(deviceSecret: string, secrets: readonly KeptSlotSecret[]): SealedFile<KeptSlotSecret[]> {
  const made = madeBy.get(deviceSecret) ?? new Map<string, KeptSlotSecret>();
  madeBy.set(deviceSecret, made);
  for (const each of secrets) made.set(idOf(each), each);
  const destroyed = new Set<string>();
  const kept = () => [...made.values()].filter((each) => !destroyed.has(idOf(each)));
  return {
    read: async () => ok(kept()),
    write: async (value) => {
      for (const each of value) made.set(idOf(each), each);
      for (const each of kept()) if (!value.includes(each)) destroyed.add(idOf(each));
    },
  };
}

/**
 * What the host itself keeps of key slots, without a file: attempts are forgotten with the host.
 * @param secrets that there are already
 */
export function createMemorySlotCalls(
  deviceSecret: string,
  secrets: readonly KeptSlotSecret[] = [],
): (name: SlotCall, request: unknown) => Promise<CallResult<CallName>> {
  const attempts = createAttempts(memoryFile(), () => performance.now());
  const slotSecrets = createSlotSecrets(slotSecretsFile(deviceSecret, secrets));
  return async (name, request) => {
    const { slot } = request as RequestOf<'attempt.begin'>;
    const of = request as RequestOf<'slot.secret'>;
    switch (name) {
      case 'attempt.waits':
        return resultOf(await attempts.waits());
      case 'attempt.begin':
        return resultOf(await attempts.begin(slot));
      case 'attempt.opened':
        return resultOf(await attempts.opened(slot));
      case 'slot.begin':
        return resultOf(await slotSecrets.begin(of));
      case 'slot.secret':
        return resultOf(await slotSecrets.secret(of));
      case 'slot.settle':
        return resultOf(await slotSecrets.settle(of));
    }
  };
}
