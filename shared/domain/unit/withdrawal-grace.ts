import type { Cited } from '#shared/kernel/cited.ts';

/**
 * In which what was withdrawn can be had back. The same for every unit, and no setting of its policy: the endpoint keeps it, and
 * reads no policy.
 */
const withdrawalGrace = {
  label: 'Time of grace of what was withdrawn',
  days: 14,
  source: 'Local policy: no national figure was found',
  standing: 'unsure',
} as const satisfies Cited & { readonly days: number };

/** In milliseconds. */
export const grace = withdrawalGrace.days * 24 * 60 * 60 * 1000;
