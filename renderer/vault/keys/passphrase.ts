import { argon2id } from 'hash-wasm';
import { importContentKey } from '#shared/crypto/aead.ts';
import { deriveBytes } from '#shared/crypto/derive.ts';
import { type Bytes, concat, utf8 } from '#shared/crypto/encoding.ts';
import { notice } from '#shared/kernel/refusal.ts';
import type { PassphraseVerdict } from '../vault-api.ts';

/** Argon2id (RFC 9106). 64 MiB and 3 passes are that RFC's second recommended option; stored with each slot. */
export interface KdfParameters {
  readonly memoryKiB: number;
  readonly passes: number;
}
export const currentKdf: KdfParameters = { memoryKiB: 64 * 1024, passes: 3 };

/** Bounds for parameters read back from disk, so that changed ones cannot exhaust the machine. */
const mostMemoryKiB = 1024 * 1024;

/**
 * The key that closes a member's slot. Needs the passphrase and the secrets of device and slot: neither a copied disk nor a
 * guessed passphrase is enough alone.
 * @param secret of the device and then of the slot
 */
export async function deriveSlotKey(
  passphrase: string,
  salt: Bytes,
  kdf: KdfParameters,
  secret: Bytes,
): Promise<CryptoKey> {
  if (kdf.memoryKiB > mostMemoryKiB || kdf.passes > 20) throw new RangeError('implausible Argon2id parameters');
  const stretched = await argon2id({
    password: passphrase.normalize('NFKC'),
    salt,
    parallelism: 1,
    iterations: kdf.passes,
    memorySize: kdf.memoryKiB,
    hashLength: 32,
    outputType: 'binary',
  });
  return importContentKey(await deriveBytes(concat(stretched, secret, utf8('slot')), 'probity/slot/1'));
}

const leastScore = 3;
const leastLength = 12;

/** zxcvbn's judgement. Its word lists are large, so they load when first asked. Without translations it gives codes. */
export async function judgePassphrase(passphrase: string, personal: readonly string[]): Promise<PassphraseVerdict> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const zxcvbn = new ZxcvbnFactory({
    graphs: common.adjacencyGraphs,
    dictionary: { ...common.dictionary, ...english.dictionary },
  });
  const { score, feedback } = zxcvbn.check(passphrase.slice(0, 200), ['probity', ...personal]);
  if (passphrase.length < leastLength) {
    return { score, acceptable: false, advice: [notice('passphrase-too-short', { minimum: leastLength })] };
  }
  const codes = [feedback.warning, ...feedback.suggestions].filter((code) => code !== null && code !== '');
  return { score, acceptable: score >= leastScore, advice: codes.map((code) => notice(`passphrase-${code}`)) };
}
