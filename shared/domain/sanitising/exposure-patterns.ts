import type { ExposurePattern } from './exposure-pattern.ts';
import { englishPatterns } from './patterns-english.ts';
import { numberPatterns } from './patterns-numbers.ts';
import { victimPatterns } from './patterns-victim.ts';
import { welshPatterns } from './patterns-welsh.ts';

/** What the reporter-exposure check looks for. A unit adds words of its own by its policy (unit-phrases.ts). */
export const exposurePatterns: readonly ExposurePattern[] = [
  ...numberPatterns,
  ...englishPatterns,
  ...welshPatterns,
  ...victimPatterns,
];
