import { type Endpoint, expose } from 'comlink';
import { z } from 'zod';
import { VaultError } from './codes.ts';

/** How Comlink names what it may be asked: of these, a call alone, and the word that the other side needs no more. */
const callSchema = z.object({
  id: z.union([z.string(), z.number()]),
  type: z.literal('APPLY'),
  path: z.tuple([z.string()]),
  argumentList: z.array(z.looseObject({ type: z.enum(['RAW', 'HANDLER']) })).max(4),
});
const releaseSchema = z.object({ id: z.union([z.string(), z.number()]), type: z.literal('RELEASE') });

/**
 * Lets the window call these functions, and nothing else. Comlink by itself would read, set and construct whatever a path leads
 * to from them, prototypes and constructors included.
 */
export function exposeCalls<Calls extends object>(calls: Calls, place: Endpoint = self as unknown as Endpoint): void {
  const refused = (): never => {
    throw new VaultError('vault-defect');
  };
  const exposed: Record<string, unknown> = Object.freeze(Object.assign(Object.create(null), { ...calls, refused }));
  const isCall = ({ path: [name] }: z.output<typeof callSchema>): boolean => Object.hasOwn(calls, name);

  /** The message as it came where it may be asked; else as a call that is refused. */
  function allowed({ data }: MessageEvent): unknown {
    const call = callSchema.safeParse(data);
    if ((call.success && isCall(call.data)) || releaseSchema.safeParse(data).success) return data;
    return { id: (data as { readonly id?: unknown } | null)?.id, type: 'APPLY', path: ['refused'], argumentList: [] };
  }
  const heard = new Map<unknown, (event: Event) => void>();
  expose(exposed, {
    postMessage: (message, transfer) => place.postMessage(message, transfer),
    addEventListener(type, listener) {
      const hear = (event: Event): void => {
        const passed = { data: allowed(event as MessageEvent), origin: (event as MessageEvent).origin };
        if (typeof listener === 'function') listener(passed as MessageEvent);
        else listener.handleEvent(passed as MessageEvent);
      };
      heard.set(listener, hear);
      place.addEventListener(type, hear);
    },
    removeEventListener(type, listener) {
      const hear = heard.get(listener);
      if (hear) place.removeEventListener(type, hear);
    },
  });
}
