import { expose } from 'comlink';
import { measureMatch } from './measure-match.ts';
import { measurePlain } from './measure-plain.ts';
import { measureVault } from './measure-vault.ts';
import { type Measures, type Stretch, stretches } from './stopwatch.ts';
import { watchWaiting } from './watch-waiting.ts';

export interface BenchWorker {
  run(step: string): Promise<Measures>;
  /** Before a step that is profiled: notes what is waited for from here on. */
  watch(): void;
  /** What was noted of that step. */
  noted(): readonly Stretch[];
}

const worker: BenchWorker = {
  async run(step) {
    const [peer = '', what = ''] = step.split(':');
    if (peer === 'match') return measureMatch();
    return peer === 'vault' ? measureVault(what) : measurePlain(peer, what);
  },
  watch: watchWaiting,
  noted: () => stretches,
};
expose(worker);
