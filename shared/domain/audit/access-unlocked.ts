import { z } from 'zod';
import { defineMemberEvent } from '../event/define-event.ts';

/** In a member's own audit stream. */
export const accessUnlocked = defineMemberEvent('access.unlocked', {
  v: 1,
  data: z.strictObject({ failedAttemptsBefore: z.int().min(0) }),
  audit: 'consultation',
});
