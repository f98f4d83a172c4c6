import { expose } from 'comlink';
import { measureMatch } from './measure-match.ts';
import { measurePlain } from './measure-plain.ts';
import { measureVault } from './measure-vault.ts';
import type { Measures } from './stopwatch.ts';

export interface BenchWorker {
  run(step: string): Promise<Measures>;
}

const worker: BenchWorker = {
  async run(step) {
    const [peer = '', what = ''] = step.split(':');
    if (peer === 'match') return measureMatch();
    return peer === 'vault' ? measureVault(what) : measurePlain(peer, what);
  },
};
expose(worker);
