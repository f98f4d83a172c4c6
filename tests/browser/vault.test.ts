import { describe } from 'vitest';
import { startVault } from '#renderer/vault/start-vault.ts';
import { describeVault } from '#tests/support/vault-conformance.ts';

describe('the vault of the product, in its worker', () => describeVault(({ host }) => startVault(host)));
