import { describe } from 'vitest';
import { createMemoryStore } from '#tests/support/memory-store.ts';
import { describeStore } from '#tests/support/store-conformance.ts';

describe('the twin in memory', () => describeStore(async () => createMemoryStore()));
