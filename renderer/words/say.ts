/** The one catalogue: what a code is called in the window. Elsewhere only codes travel, and no sentence is stored. */
import type { Notice } from '#shared/kernel/refusal.ts';
import { caseRefusals } from './case-refusals.ts';
import { type Catalogue, wordsOf } from './catalogue.ts';
import { endpointRefusals, hostFailures } from './host-refusals.ts';
import { stripRefusals, vaultRefusals, windowRefusals } from './vault-refusals.ts';
import { windowNotices } from './window-notices.ts';

const catalogue: Catalogue<string> = {
  ...caseRefusals,
  ...hostFailures,
  ...endpointRefusals,
  ...vaultRefusals,
  ...windowRefusals,
  ...stripRefusals,
  ...windowNotices,
};

/** Of what its author could not know. */
const policyChanged =
  'The unit’s policy had changed before this reached the log, and whoever recorded it had not seen that yet.';

/** Of what would be refused in the log, though it stands on the screen that it is so. */
const restsOnUnsent =
  'It rests on what a colleague recorded on this workstation and has not been sent yet. Connect, and record it again once that is sent; or let that colleague record it.';

export const hasWords = (code: string): boolean => Object.hasOwn(catalogue, code);

/** Why something was refused, did not work, or what happened. */
export function say({ code, params }: Notice): string {
  const words = hasWords(code) ? catalogue[code] : undefined;
  // Of a newer endpoint: it is said that there is something, and how to name it.
  if (words === undefined) return `This was refused (${code}). What was saved is safe.`;
  const added = [params.policyChanged && policyChanged, params.restsOnUnsent && restsOnUnsent];
  return [wordsOf(words, params), ...added].filter(Boolean).join(' ');
}
