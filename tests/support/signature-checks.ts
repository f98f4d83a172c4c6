import { vi } from 'vitest';

/** What stands in the first line of what is signed: an entry, a checkpoint. */
type SignedKind = 'probity-entry/2' | 'cosignature/v1';

/** What was verified of a kind since, in order, each as it was signed: all of it goes through shared/crypto/signing.ts. */
export function watchSignatureChecks(kind: SignedKind): readonly string[] {
  const checked: string[] = [];
  const verify = crypto.subtle.verify.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'verify').mockImplementation((algorithm, key, signature, data) => {
    const text = Buffer.from(data as Uint8Array).toString('latin1');
    if (text.startsWith(`${kind}\n`)) checked.push(text);
    return verify(algorithm, key, signature, data);
  });
  return checked;
}
