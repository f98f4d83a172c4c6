import { setFlagsFromString } from 'node:v8';
import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './build/chromium.ts';
import { electronProgram } from './tests/support/environment.ts';
import { baselineWasm } from './tests/support/node-flags.ts';

// Each worker reads this file before its tests start an endpoint.
setFlagsFromString(baselineWasm);

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/e2e/global-setup.ts',
  outputDir: 'test-results/e2e',
  // Each test starts its own hosts and waits for them now and then; with more workers than this it takes as long.
  // In Electron one: windows on one display share its focus.
  workers: electronProgram === null ? 3 : 1,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    launchOptions: await chromiumLaunchOptions(),
    actionTimeout: 15_000,
    navigationTimeout: 15_000,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width: 1440, height: 900 },
    trace: 'off',
    screenshot: 'only-on-failure',
    video: 'off',
  },
  projects: [{ name: 'workbench' }],
});
