import { sameKeys } from '#shared/domain/unit/endpoint-keys.ts';
import { type Directory, verifyDirectory } from '#shared/sync/directory.ts';
import { currentKeys } from '../endpoint-keys.ts';
import type { OpenEndpoint } from '../open-endpoint.ts';

/** What the endpoint serves from now on. Refuses what workstations would: it would only alarm them. */
export async function publishDirectory(
  { storage, keys, operator, directory: known }: OpenEndpoint,
  document: string,
): Promise<{ readonly published: Directory } | { readonly refused: string }> {
  const operatorKey = await operator.read();
  if (!operatorKey) return { refused: notTold };
  const directory = await verifyDirectory(document, operatorKey);
  if (!directory) return { refused: 'This is no directory that the operator of this endpoint signed.' };
  if (!sameKeys(directory, currentKeys(keys))) {
    return { refused: 'This directory names the keys of another endpoint.' };
  }
  const before = await storage.directory();
  const { number = 0 } = (await known.read())?.directory ?? {};
  if (number >= directory.number) {
    return { refused: `Directory ${number} is published. This is ${directory.number}: sign it after that one.` };
  }
  if (!(await storage.replaceDirectory(before, document))) {
    return { refused: 'Another directory was published at the same time.' };
  }
  await known.read();
  return { published: directory };
}

export const notTold = 'Tell the endpoint the public key of its operator first: directory trust.';
