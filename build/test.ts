/**
 * `npm test`: every step of `npm run check`, then the end-to-end tests. All of them run, whatever fails, and the last
 * line is `N passed, N failed`.
 */
import { randomInt } from 'node:crypto';
import { conclude, playwrightStep, runInTurn, runTogether, vitestStep } from './test-steps.ts';

const seed = randomInt(1_000_000);
console.log(`seed ${seed}`);

// They leave a core idle for most of their time: the tests begin meanwhile.
const checks = runTogether([
  { name: 'format and lint', script: 'lint' },
  { name: 'types', script: 'types' },
  { name: 'import rules', script: 'imports' },
  { name: 'dead code', script: 'deadcode' },
]);
// The runners use every core: one after the other.
const tests = await runInTurn(
  [vitestStep('unit, property, contract, component and browser tests'), playwrightStep('end-to-end tests')],
  { seed },
);
conclude([...(await checks), ...tests], `seed ${seed}`);
