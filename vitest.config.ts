import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './build/chromium.ts';
import { forceColours, printedPages } from './tests/support/browser-commands.ts';
import { patience } from './tests/support/effort.ts';
import { baselineWasm } from './tests/support/node-flags.ts';

// Tests that spawn processes or derive keys from passphrases are slow on two cores, but never endless.
const limits = { testTimeout: patience(120_000), hookTimeout: 120_000, expect: { poll: { timeout: 15_000 } } };

/**
 * Tests of code that keeps no state of its own outside what a test makes: they share a process and what it imports, which
 * halves their time. What replaces modules, starts servers or listens to the process has a process for each file.
 */
const together = [
  'tests/unit/{shared,vault,renderer}/**/*.test.ts',
  'tests/property/{assessment,convergence,parsers,sealing}*.test.ts',
];

/**
 * These too, with the flags that PGlite wants: those that start servers in this process stop them, and leave nothing of them
 * behind.
 */
const servers = ['tests/contract/{endpoint,golden}-*.test.ts', 'tests/property/*.test.ts'];

const production = { 'process.env.NODE_ENV': JSON.stringify('production') };

const launchOptions = await chromiumLaunchOptions();
const inChromium = (name: string) => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions }),
  instances: [{ browser: 'chromium' as const, name }],
});

export default defineConfig({
  test: {
    // Most of these tests wait for a child process, a browser or a disk now and then: on two cores, four take half the time of two.
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: 'node',
          ...limits,
          environment: 'node',
          execArgv: [baselineWasm],
          globalSetup: 'tests/support/global-setup.ts',
          include: ['tests/{unit,property,contract}/**/*.test.ts'],
          exclude: [...together, ...servers],
        },
      },
      {
        test: {
          name: 'node-servers',
          ...limits,
          environment: 'node',
          isolate: false,
          execArgv: [baselineWasm],
          globalSetup: 'tests/support/global-setup.ts',
          include: servers,
          exclude: together,
        },
      },
      {
        test: {
          name: 'node-together',
          ...limits,
          environment: 'node',
          isolate: false,
          include: together,
        },
      },
      {
        // React as it is shipped: its development build looks up a stack for each element, which is most of a test's time.
        define: production,
        resolve: { conditions: ['production', 'module', 'browser'] },
        oxc: { jsx: { runtime: 'automatic', development: false } },
        optimizeDeps: {
          include: ['@noble/curves/ed25519.js', '@noble/hashes/sha2.js', 'fast-check', 'react/jsx-runtime'],
          rolldownOptions: { transform: { define: production } },
        },
        test: {
          name: 'component',
          ...limits,
          // One page for all: `setup.ts` leaves nothing of a test behind, and to load the screens again for each file takes long.
          isolate: false,
          setupFiles: ['tests/component/setup.ts'],
          include: ['tests/component/**/*.test.tsx'],
          browser: {
            ...inChromium('component'),
            viewport: { width: 1280, height: 700 },
            commands: { printedPages, forceColours },
          },
        },
      },
      {
        // Named here, because finding one while tests run makes Vite reload the page under them.
        optimizeDeps: {
          include: [
            '@cantoo/pdf-lib',
            '@embedpdf/pdfium',
            '@hpke/core',
            '@hpke/hybridkem-x-wing',
            '@noble/curves/ed25519.js',
            '@noble/hashes/sha2.js',
            '@zxcvbn-ts/core',
            '@zxcvbn-ts/language-common',
            '@zxcvbn-ts/language-en',
            'comlink',
            'dexie',
            'double-metaphone',
            'fast-check',
            'hash-wasm',
            'jose',
            'minisearch/SearchableMap',
            'p-queue',
            'uuid',
            'zod',
          ],
        },
        test: {
          name: 'chromium',
          ...limits,
          include: ['tests/browser/**/*.test.ts'],
          browser: inChromium('chromium'),
        },
      },
    ],
  },
});
