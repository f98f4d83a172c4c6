import { describe, expect, it } from 'vitest';
import { absolute, ago, countdown, deadline, near, span } from '#renderer/ui/time.ts';

const at = (iso: string) => Date.parse(iso);

describe('time', () => {
  it.each([
    // The machine's own time zone never shows; British Summer Time does.
    ['2026-07-01T23:30:00Z', 'Thu 2 Jul 2026, 00:30'],
    ['2026-11-21T09:12:00Z', 'Sat 21 Nov 2026, 09:12'],
    // The hour that comes twice.
    ['2026-10-25T00:30:00Z', 'Sun 25 Oct 2026, 01:30 BST'],
    ['2026-10-25T01:30:59Z', 'Sun 25 Oct 2026, 01:30 GMT'],
    ['2026-10-25T02:00:00Z', 'Sun 25 Oct 2026, 02:00'],
    ['2026-10-24T00:30:00Z', 'Sat 24 Oct 2026, 01:30'],
  ])('writes %s whole as %s', (iso, words) => expect(absolute(at(iso))).toBe(words));

  it.each([
    ['2026-11-21T07:00:00Z', '07:00'],
    ['2026-11-19T17:40:00Z', 'Thu 17:40'],
    ['2026-11-02T17:40:00Z', '2 Nov, 17:40'],
    ['2025-11-02T17:40:00Z', '2 Nov 2025'],
  ])('writes %s short as %s', (iso, words) => expect(near(at(iso), at('2026-11-21T12:00:00Z'))).toBe(words));

  it.each([
    [59_000, '1 min'],
    [40 * 60_000, '40 min'],
    [26.9 * 3_600_000, '26 h'],
    [47.99 * 3_600_000, '47 h'],
    [48 * 3_600_000, '2 d'],
    [80 * 3_600_000, '3 d'],
  ])('never promises more of a clock than there is: %d ms', (length, words) => expect(span(length)).toBe(words));

  it('says what is left, and what is over', () => {
    const now = at('2026-11-21T12:00:00Z');
    expect(countdown(now + 26 * 3_600_000, now)).toBe('26 h left');
    expect(countdown(now - 2 * 3_600_000, now)).toBe('2 h over');
    expect(deadline(at('2026-11-22T23:59:00Z'), now)).toBe('Sun 22 Nov, 23:59 (35 h left)');
    expect(ago(now - 30_000, now)).toBe('just now');
    expect(ago(now - 120_000, now)).toBe('2 min ago');
  });
});
