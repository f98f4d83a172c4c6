import { describe } from 'vitest';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { describeStore } from '#tests/support/store-conformance.ts';

describe('the twin in memory', () => describeStore(async () => createMemoryStore()));
