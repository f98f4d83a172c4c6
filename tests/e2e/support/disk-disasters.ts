import { test } from '@playwright/test';
import { drawn } from '#tests/support/effort.ts';

/** What may become of a workstation's disk. Each test starts a whole workstation several times: `npm test` tries one of them. */
const disasters = ['full', 'lost database', 'set back'] as const;

type Test = (title: string, body: () => Promise<void>) => void;

/** Playwright's `test` where the seed draws this disaster, and in a long run. */
export const testOf = (disaster: (typeof disasters)[number]): Test =>
  drawn(disasters, 1).includes(disaster) ? test : () => undefined;
