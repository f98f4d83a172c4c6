import { z } from 'zod';
import type { CallName, CallResult, HostEvent } from '#shared/bridge/contract.ts';

/** What travels over the browser host's WebSocket, as CBOR, for calls and replies hold bytes. The server trusts none of it. */
export const callFrameSchema = z.strictObject({
  /** Names the reply; not in use by a call that still runs. */
  id: z.int().min(1),
  name: z.string(),
  request: z.unknown(),
});
export type CallFrame = z.output<typeof callFrameSchema>;

export type HostFrame = { id: number; result: CallResult<CallName> } | { event: HostEvent };
