import { describe } from 'vitest';
import { describeVault } from '#tests/support/vault-conformance.ts';

describe('the vault of the tests of the screens', () => describeVault((unit) => unit.start()));
