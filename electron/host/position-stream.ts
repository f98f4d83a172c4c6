import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import type { CallFailure, HostEvent } from '#shared/bridge/contract.ts';
import type { Result } from '#shared/kernel/result.ts';
import { backoff } from '#shared/sync/backoff.ts';

const positionSchema = z.object({ position: z.int().min(0) });
/** An event is some 40 characters. */
const mostBuffered = 4096;
/** Milliseconds without a byte, the endpoint's keep-alive comments included, after which a stream counts as dead. */
const mostSilence = 60_000;
/** Milliseconds that a pause lasts at least: a stream that opens and breaks at once must not be reopened in a loop. */
const leastPause = 5_000;

interface Options {
  /** Sends the request; the answer's body is the stream. */
  readonly open: (signal: AbortSignal) => Promise<Result<Response, CallFailure>>;
  readonly publish: (event: HostEvent) => void;
  readonly random: () => number;
}

export interface PositionStream {
  /** The network seems to be back: try now rather than at the end of the pause. */
  nudge(): void;
  close(): void;
}

/**
 * Follows the endpoint's stream of new positions, for good, and says whether it is open:
 *
 *     connecting --answer--> open (online) --end, error or silence--+
 *         |                                                         v
 *         +---------------failure-------------------> pausing (offline) --backoff or nudge--> connecting
 */
export function followPositions({ open, publish, random }: Options): PositionStream {
  const closing = new AbortController();
  let wake: (() => void) | null = null;
  let online: boolean | null = null;

  function tell(now: boolean) {
    if (online === now || closing.signal.aborted) return;
    online = now;
    publish({ type: 'connection', online: now });
  }

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      const since = performance.now();
      wake = () => {
        if (performance.now() - since < leastPause && !closing.signal.aborted) return;
        clearTimeout(timer);
        resolve();
      };
    });

  async function follow() {
    let failures = 0;
    while (!closing.signal.aborted) {
      failures = (await readOnce()) ? 1 : failures + 1;
      tell(false);
      if (!closing.signal.aborted) await pause(backoff(failures, random()));
    }
  }

  /** Whether the stream was open at all. */
  async function readOnce(): Promise<boolean> {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), mostSilence);
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), mostSilence);
    };
    try {
      const response = await open(AbortSignal.any([closing.signal, silence.signal]));
      if (!response.ok || !response.value.body) return false;
      tell(true);
      // The end and every breakage mean the same: reconnect.
      await readEvents(response.value.body, heard).catch(() => undefined);
      return true;
    } finally {
      clearTimeout(timer);
      silence.abort();
    }
  }

  async function readEvents(body: ReadableStream<Uint8Array>, heard: () => void) {
    const decoder = new TextDecoder();
    const parser = createParser({
      maxBufferSize: mostBuffered,
      onEvent: ({ event, data }) => {
        const position = event === 'position' ? parsePosition(data) : null;
        if (position !== null) publish({ type: 'logAdvanced', position });
      },
      // Thrown on to whoever feeds, which ends the stream. Unknown fields are no reason to.
      onError: (error) => {
        if (error.type === 'max-buffer-size-exceeded') throw error;
      },
    });
    for await (const chunk of body) {
      heard();
      parser.feed(decoder.decode(chunk, { stream: true }));
    }
  }

  void follow();
  return {
    nudge: () => wake?.(),
    close: () => {
      closing.abort();
      wake?.();
    },
  };
}

/** Null when malformed: it is a hint, and the log itself is pulled and verified anyway. */
function parsePosition(data: string): number | null {
  try {
    return positionSchema.parse(JSON.parse(data)).position;
  } catch {
    return null;
  }
}
