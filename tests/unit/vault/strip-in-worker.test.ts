import { describe, expect, test } from 'vitest';
import { createStripInWorker, type StripRequest, type StripWorker } from '#renderer/vault/sanitise/strip-in-worker.ts';
import { say } from '#renderer/words/say.ts';
import { utf8 } from '#shared/crypto/encoding.ts';

/* Whatever becomes of the worker that takes a file apart, the vault gets an answer. */

class FakeWorker extends EventTarget implements StripWorker {
  isEnded = false;
  readonly #answer: (worker: FakeWorker, request: StripRequest) => void;
  constructor(answer: (worker: FakeWorker, request: StripRequest) => void) {
    super();
    this.#answer = answer;
  }
  postMessage(request: StripRequest): void {
    queueMicrotask(() => this.#answer(this, request));
  }
  terminate(): void {
    this.isEnded = true;
  }
  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const text = utf8('Said on Thursday.');
const copy = { ok: true, value: { type: 'text/plain', bytes: text, removed: [] } } as const;

/** What comes of a file whose worker answers so, and whether that worker was ended. */
async function answered(answer: (worker: FakeWorker) => void, seconds = 60) {
  const worker = new FakeWorker(answer);
  const result = await createStripInWorker(() => worker, seconds)('text/plain', text);
  return { result, isEnded: worker.isEnded };
}

test('a copy comes back, and its worker ends', async () => {
  expect(await answered((worker) => worker.say(copy))).toEqual({ result: copy, isEnded: true });
});

test('a refusal comes back as it is', async () => {
  const refused = { ok: false, error: { code: 'pdf-too-long', params: { pages: 300, mostPages: 200 } } };
  expect((await answered((worker) => worker.say(refused))).result).toEqual(refused);
});

describe('a worker that dies', () => {
  test.each<[string, (worker: FakeWorker) => void]>([
    ['of an error', (worker) => worker.dispatchEvent(new Event('error', { cancelable: true }))],
    ['in the middle of a message', (worker) => worker.dispatchEvent(new Event('messageerror'))],
  ])('%s leaves words that say so and what to do', async (_, die) => {
    const { result, isEnded } = await answered(die);
    expect(isEnded).toBe(true);
    expect(!result.ok && say(result.error)).toBe(
      'The file could not be taken apart: it is damaged, or was made to do harm. No copy was made. Pass on in words what it shows, or ask your digital forensics unit for a copy.',
    );
  });

  test('without a word is ended when its time is up', async () => {
    const { result, isEnded } = await answered(() => undefined, 0.01);
    expect(isEnded).toBe(true);
    expect(!result.ok && say(result.error)).toContain('could not be taken apart in 0.01 seconds');
  });

  test('before it is born is a refusal, and keeps nobody from the next file', async () => {
    let born = 0;
    const strip = createStripInWorker(() => {
      born += 1;
      if (born === 1) throw new Error('no more workers');
      return new FakeWorker((worker) => worker.say(copy));
    });
    expect(await strip('text/plain', text)).toMatchObject({ ok: false, error: { code: 'file-undecodable' } });
    expect(await strip('text/plain', text)).toEqual(copy);
  });
});

describe('a worker that was taken over', () => {
  const large = new ArrayBuffer(11 * 1024 * 1024);
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'ok'],
    ['a copy without bytes', { ok: true, value: { type: 'text/plain', bytes: 'text', removed: [] } }],
    ['a copy of another kind of file', { ok: true, value: { ...copy.value, type: 'text/html' } }],
    ['more bytes than an attachment has', { ok: true, value: { ...copy.value, bytes: new Uint8Array(large) } }],
    ['few bytes of a large buffer', { ok: true, value: { ...copy.value, bytes: new Uint8Array(large, 0, 9) } }],
    ['shared memory', { ok: true, value: { ...copy.value, bytes: new Uint8Array(new SharedArrayBuffer(9)) } }],
    ['a removed kind that nobody knows', { ok: true, value: { ...copy.value, removed: ['everything'] } }],
    ['something beside the copy', { ok: true, value: { ...copy.value, key: 'x' } }],
    ['a refusal in words of its own', { ok: false, error: { code: 'Call 0300 123 4567', params: {} } }],
    ['a refusal of the vault', { ok: false, error: { code: 'wrong-passphrase', params: {} } }],
    ['a refusal with a text', { ok: false, error: { code: 'pdf-damaged', params: { why: 'Call me' } } }],
    ['a refusal without its numbers', { ok: false, error: { code: 'pdf-too-long', params: { pages: 300 } } }],
    ['a refusal with what nobody knows', { ok: false, error: { code: 'copy-not-clean', params: { left: 'Call me' } } }],
  ])('is not believed when it says %s', async (_, said) => {
    const { result } = await answered((worker) => worker.say(said));
    expect(result).toEqual({ ok: false, error: { code: 'file-undecodable', params: {} } });
  });
});

test('one file is taken apart at a time', async () => {
  const running: FakeWorker[] = [];
  const strip = createStripInWorker(() => {
    const worker = new FakeWorker(() => undefined);
    running.push(worker);
    return worker;
  });
  const both = Promise.all([strip('text/plain', text), strip('text/plain', text)]);
  await expect.poll(() => running.length).toBe(1);
  running[0]?.say(copy);
  await expect.poll(() => running.length).toBe(2);
  expect(running.map(({ isEnded }) => isEnded)).toEqual([true, false]);
  running[1]?.say(copy);
  expect(await both).toEqual([copy, copy]);
});
