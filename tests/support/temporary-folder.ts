import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

const make = (): Promise<string> => mkdtemp(join(tmpdir(), 'probity-test-'));
const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** A folder of this test's own, gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await make();
  onTestFinished(() => remove(folder));
  return folder;
}

/** One for all tests of a suite. Ask for it first: hooks after the tests run in reverse, so what uses it ends before it. */
export function suiteFolder(): () => string {
  let folder = '';
  beforeAll(async () => {
    folder = await make();
  });
  afterAll(() => remove(folder));
  return () => folder;
}
