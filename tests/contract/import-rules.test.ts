import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const rooms = ['shared', 'electron', 'endpoint', 'renderer', 'tests', 'build'];

/** What each file imports, and the rule that must refuse it. Only the rule named here may fire for that file. */
const violations: [rule: string, file: string, statement: string][] = [
  ['shared-kernel-folders', 'shared/kernel/a.ts', `import { x } from '#shared/domain/x.ts';`],
  ['shared-kernel-packages', 'shared/kernel/b.ts', `import { z } from 'zod';`],
  ['shared-kernel-node', 'shared/kernel/c.ts', `import { join } from 'node:path';`],
  ['shared-crypto-folders', 'shared/crypto/a.ts', `import { x } from '../domain/x.ts';`],
  ['shared-crypto-packages', 'shared/crypto/b.ts', `import Dexie from 'dexie';`],
  ['shared-crypto-node', 'shared/crypto/c.ts', `import { webcrypto } from 'crypto';`],
  ['shared-domain-folders', 'shared/domain/a.ts', `import type { X } from '#shared/sync/x.ts';`],
  ['shared-domain-packages', 'shared/domain/b.ts', `import { v7 } from 'uuid';`],
  ['shared-domain-node', 'shared/domain/c.ts', `import type { Buffer } from 'node:buffer';`],
  ['shared-log-folders', 'shared/log/a.ts', `export { x } from '#shared/sync/x.ts';`],
  ['shared-log-packages', 'shared/log/b.ts', `import Dexie from 'dexie';`],
  ['shared-log-node', 'shared/log/c.ts', `import { hash } from 'node:crypto';`],
  ['shared-sync-folders', 'shared/sync/a.ts', `export * from '#shared/bridge/x.ts';`],
  ['shared-sync-packages', 'shared/sync/b.ts', `import fastify from 'fastify';`],
  ['shared-sync-node', 'shared/sync/c.ts', `import { request } from 'node:https';`],
  ['shared-bridge-folders', 'shared/bridge/a.ts', `import type { X } from '#shared/domain/x.ts';`],
  ['shared-bridge-packages', 'shared/bridge/b.ts', `import type { IpcRenderer } from 'electron';`],
  ['shared-bridge-node', 'shared/bridge/c.ts', `import { on } from 'node:events';`],
  ['electron-preload-folders', 'electron/preload.ts', `import { x } from './x.ts';`],
  ['electron-preload-packages', 'electron/preload/b.ts', `import { z } from 'zod';`],
  ['electron-preload-node', 'electron/preload/c.ts', `import { readFileSync } from 'node:fs';`],
  ['electron-host-folders', 'electron/host/a.ts', `import { x } from '../x.ts';`],
  ['electron-host-packages', 'electron/host/b.ts', `import { app } from 'electron';`],
  ['electron-main-folders', 'electron/a.ts', `import { x } from '#renderer/ui/x.tsx';`],
  ['electron-main-packages', 'electron/b.ts', `import Dexie from 'dexie';`],
  ['endpoint-folders', 'endpoint/a.ts', `import { x } from '#shared/bridge/x.ts';`],
  ['endpoint-folders', 'endpoint/d.ts', `import { x } from '#shared/domain/x.ts';`],
  ['endpoint-folders', 'endpoint/f.ts', `import { x } from '#shared/domain/case/x.ts';`],
  ['endpoint-packages', 'endpoint/b.ts', `import { useState } from 'react';`],
  ['renderer-vault-folders', 'renderer/vault/a.ts', `import { x } from '#renderer/bridge.ts';`],
  ['renderer-vault-packages', 'renderer/vault/b.ts', `import { useState } from 'react';`],
  ['renderer-vault-node', 'renderer/vault/c.ts', `import { readFile } from 'node:fs/promises';`],
  ['state-and-words-take-types-only', 'renderer/state/d.ts', `import { x } from '#renderer/vault/x.ts';`],
  ['state-and-words-take-types-only', 'renderer/words/d.ts', `import { x } from '#renderer/vault/x.ts';`],
  ['renderer-words-folders', 'renderer/words/a.ts', `import { x } from '#renderer/ui/x.tsx';`],
  ['renderer-words-packages', 'renderer/words/b.ts', `import { useState } from 'react';`],
  ['renderer-words-node', 'renderer/words/c.ts', `import { inspect } from 'node:util';`],
  ['renderer-state-folders', 'renderer/state/a.ts', `import { x } from '#renderer/ui/x.tsx';`],
  ['renderer-state-packages', 'renderer/state/b.ts', `import { useState } from 'react';`],
  ['renderer-state-node', 'renderer/state/c.ts', `import { inspect } from 'node:util';`],
  ['renderer-ui-folders', 'renderer/ui/a.tsx', `import type { X } from '#renderer/state/x.ts';`],
  ['renderer-ui-packages', 'renderer/ui/b.tsx', `import { create } from 'zustand';`],
  ['renderer-ui-node', 'renderer/ui/c.tsx', `import { inspect } from 'node:util';`],
  ['renderer-features-folders', 'renderer/features/queue/a.tsx', `import { x } from '../case/x.tsx';`],
  ['renderer-features-folders', 'renderer/features/queue/d.tsx', `import type { X } from '#renderer/vault/x.ts';`],
  ['renderer-features-folders', 'renderer/features/queue/e.tsx', `const x = await import('#renderer/bridge.ts');`],
  ['renderer-features-packages', 'renderer/features/queue/b.tsx', `import Dexie from 'dexie';`],
  ['renderer-features-node', 'renderer/features/queue/c.tsx', `import { inspect } from 'node:util';`],
  ['renderer-bridge-folders', 'renderer/bridge.ts', `import type { X } from './vault/x.ts';`],
  ['renderer-app-folders', 'renderer/app/a.tsx', `import { x } from '#electron/x.ts';`],
  ['renderer-app-packages', 'renderer/app/b.tsx', `import Dexie from 'dexie';`],
  ['renderer-app-node', 'renderer/app/c.tsx', `import { inspect } from 'node:util';`],
  ['every-file-has-a-room', 'shared/helpers/a.ts', `import { x } from '#shared/kernel/x.ts';`],
  ['every-file-has-a-room', 'renderer/stray.ts', `import { x } from './ui/x.tsx';`],
  ['no-unresolvable', 'renderer/app/d.tsx', `import { x } from './absent.tsx';`],
  ['renderer-ui-folders', 'renderer/ui/d.tsx', `import type { X } from '#shared/domain/x.ts';`],
  ['no-circular', 'shared/domain/loop.ts', `import type { Y } from './pool.ts'; export type X = Y;`],
];

const folderCircle = 'no-circle-of-domain-folders';

/** These break the room's own rule as well. */
const doubly: typeof violations = [
  ['product-never-imports-tests-or-build', 'endpoint/e.ts', `import { x } from '#tests/support/x.ts';`],
  ['product-never-imports-tests-or-build', 'electron/e.ts', `import { x } from '#build/x.ts';`],
];

const permitted: [file: string, statement: string][] = [
  ['shared/kernel/x.ts', ''],
  ['shared/crypto/x.ts', `import { base64url } from 'jose'; import { CipherSuite } from '@hpke/core';`],
  ['shared/domain/x.ts', `import { x } from '#shared/kernel/x.ts'; import { z } from 'zod';`],
  ['shared/domain/report/x.ts', ''],
  ['shared/domain/case/x.ts', ''],
  // Two folders that look into each other, by files that form no circle themselves.
  ['shared/domain/risk/x.ts', `import { x } from '../harm/x.ts';`],
  ['shared/domain/harm/y.ts', `import { y } from '../risk/y.ts';`],
  ['shared/domain/harm/x.ts', ''],
  ['shared/domain/risk/y.ts', ''],
  // The other half of the planted circle, which is reported once, for its first file.
  ['shared/domain/pool.ts', `import type { X } from './loop.ts'; export type Y = X;`],
  ['shared/log/x.ts', `import type { X } from '#shared/domain/x.ts'; import { y } from '#shared/crypto/x.ts';`],
  ['shared/sync/x.ts', `import { x } from '#shared/log/x.ts';`],
  ['shared/bridge/x.ts', `import { z } from 'zod';`],
  ['electron/x.ts', `import { app } from 'electron'; import { join } from 'node:path';`],
  ['electron/host/x.ts', `import { x } from '#shared/bridge/x.ts'; import { join } from 'node:path';`],
  ['electron/preload/x.ts', `import { contextBridge } from 'electron'; import { x } from '#shared/bridge/x.ts';`],
  ['endpoint/x.ts', `import { x } from '#shared/domain/report/x.ts'; import { once } from 'node:events';`],
  ['renderer/vault/x.ts', `import Dexie from 'dexie'; import { x } from '#shared/log/x.ts';`],
  ['renderer/state/x.ts', `import type { X } from '#renderer/vault/x.ts'; import { create } from 'zustand';`],
  ['renderer/words/x.ts', `import type { X } from '#renderer/vault/x.ts'; import { y } from '#shared/kernel/x.ts';`],
  ['renderer/ui/x.tsx', `import Button from '@mui/material/Button'; import { useState } from 'react';`],
  ['renderer/features/case/x.tsx', `import { x } from '#renderer/state/x.ts'; import { y } from './y.tsx';`],
  ['renderer/features/case/y.tsx', `export const Y = () => <p>What happens when you import?</p>;`],
  ['renderer/app/x.tsx', `import { x } from '../features/case/x.tsx'; import { wrap } from 'comlink';`],
  ['tests/support/x.ts', `import { x } from '#endpoint/x.ts';`],
  ['build/x.ts', `import { x } from '#electron/x.ts'; import { build } from 'vite';`],
];

describe('planted violations', () => {
  let planted: string;
  let report: Report;

  beforeAll(async () => {
    planted = await mkdtemp(join(tmpdir(), 'probity-import-rules-'));
    await cp(join(root, 'package.json'), join(planted, 'package.json'));
    await cp(join(root, '.dependency-cruiser.js'), join(planted, '.dependency-cruiser.js'));
    await symlink(join(root, 'node_modules'), join(planted, 'node_modules'), 'junction');
    for (const [file, statement] of [...permitted, ...[...violations, ...doubly].map(([, ...rest]) => rest)]) {
      await mkdir(dirname(join(planted, file)), { recursive: true });
      await writeFile(join(planted, file), `${statement}\nexport const touched = 1;\n`);
    }
    report = await cruise(planted);
  });
  afterAll(() => rm(planted, { recursive: true, force: true }));

  test.each(violations)('%s refuses %s', (rule, file) => {
    expect(rulesBrokenBy(report, file)).toEqual([rule]);
  });

  test.each(doubly)('%s refuses %s', (rule, file) => {
    expect(rulesBrokenBy(report, file)).toContain(rule);
  });

  test.each(permitted)('%s is let through', (file) => {
    expect(rulesBrokenBy(report, file)).toEqual([]);
  });

  test('no-circle-of-domain-folders refuses two folders that look into each other', () => {
    const circles = report.summary.violations.filter(({ rule }) => rule.name === folderCircle);
    expect(new Set(circles.map(({ from }) => from))).toEqual(new Set(['shared/domain/risk', 'shared/domain/harm']));
  });

  test('every rule has a planted violation', () => {
    const proven = new Set([...[...violations, ...doubly].map(([rule]) => rule), folderCircle]);
    // The bridge file is one file: one violation can be planted in it, and the room's other rules are made alike.
    const alike = ['renderer-bridge-packages', 'renderer-bridge-node'];
    const rules = report.summary.ruleSetUsed.forbidden.map(({ name }) => name);
    expect(rules.filter((name) => !proven.has(name))).toEqual(alike);
  });

  test('every rule fails `npm run imports`, which judges the real tree', () => {
    const { forbidden } = report.summary.ruleSetUsed;
    expect(new Set(forbidden.map(({ severity }) => severity))).toEqual(new Set(['error']));
  });
});

interface Report {
  summary: {
    violations: { rule: { name: string }; from: string; to: string }[];
    ruleSetUsed: { forbidden: { name: string; severity: string }[] };
  };
}

function rulesBrokenBy(report: Report, file: string): string[] {
  const broken = report.summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);
  return [...new Set(broken)];
}

/** The same program and configuration as `npm run imports`. */
function cruise(folder: string): Promise<Report> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [program, ...rooms, '--output-type', 'json'], options, (error, stdout, stderr) => {
      // Violations are an exit code above zero, with a report on standard output all the same.
      if (stdout.length > 0) resolve(JSON.parse(stdout) as Report);
      else reject(new Error(stderr, { cause: error }));
    });
  });
}
