import { z } from 'zod';
import { hasHidden, isSeen } from '#shared/kernel/visible-text.ts';

/*
 * Words that a person wrote: the one schema for them in reports, events and names. A length counts what a reader sees, so that
 * nothing can be signed for reasons, or come in for a report, that is blank to everybody.
 */

const seen = (least: number) =>
  z.check<string>(({ value, issues }) => {
    if (isSeen(value, least)) return;
    issues.push({
      code: 'too_small',
      origin: 'string',
      minimum: least,
      inclusive: true,
      input: value,
      message: unseen,
    });
  });
const unseen = 'Too little of it can be seen.';

/** @param least characters that are seen @param most UTF-16 units */
export const written = (least: number, most: number) => z.string().trim().min(least).max(most).check(seen(least));

/** As it stands, with the spaces at its ends. */
export const writtenAsIs = (most: number) => z.string().min(1).max(most).check(seen(1));

const isOneLine = (text: string): boolean => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);

/** What somebody or something is called: one line of characters that are all seen, so that none can pass for another. */
export const nameOf = (most: number) =>
  written(1, most).refine((name) => isOneLine(name) && !hasHidden(name), {
    message: 'It has characters that cannot be seen.',
    params: { unseen: true },
  });
