import { stretches, type Wait } from './stopwatch.ts';

/** Notes how long calls take, which is what native code does at once, and then how long the answer is pending. */
function watch<Of extends object>(of: Of, names: readonly (keyof Of)[], what: Wait): void {
  for (const name of names) {
    const method = of[name] as (...given: unknown[]) => unknown;
    of[name] = function (this: unknown, ...given: unknown[]) {
      const called = performance.now();
      const answer = method.apply(this, given);
      const pending = performance.now();
      stretches.push([`in ${what}`, called, pending]);
      const note = () => stretches.push([what, pending, performance.now()]);
      if (answer instanceof IDBTransaction) for (const end of ['complete', 'abort']) answer.addEventListener(end, note);
      else Promise.resolve(answer).then(note, note);
      return answer;
    } as Of[keyof Of];
  }
}

/** For a profile of this worker: the clock by which it notes, and when native cryptography, the database and the network are at work. */
export function watchWaiting(): void {
  const { startTime } = performance.mark('clock');
  stretches.push(['clock', startTime, startTime]);
  watch(SubtleCrypto.prototype, ['sign', 'verify'], 'Ed25519');
  watch(SubtleCrypto.prototype, ['encrypt', 'decrypt'], 'AES-GCM');
  watch(SubtleCrypto.prototype, ['importKey', 'digest', 'deriveBits'], 'keys and digests');
  watch(IDBDatabase.prototype, ['transaction'], 'IndexedDB');
  watch(globalThis, ['fetch'], 'network');
}
