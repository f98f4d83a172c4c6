import { expect, test } from 'vitest';
import { knewOf } from '#shared/domain/event/signed.ts';
import type { AuthorKey, Position } from '#shared/kernel/ids.ts';

const [one, other] = ['key of one device', 'key of another'] as [AuthorKey, AuthorKey];
const earlier = (device: AuthorKey, position: Position | null) => ({ device, position });
const later = (position: Position | null, seen: Position) => ({ device: one, position, seen });

test.each<[string, ReturnType<typeof later>, ReturnType<typeof earlier>, boolean]>([
  ['at what was seen', later(9, 5), earlier(other, 5), true],
  ['below what was seen', later(9, 5), earlier(other, 4), true],
  ['above what was seen', later(9, 5), earlier(other, 6), false],
  ['of the same device, above what was seen', later(9, 5), earlier(one, 6), true],
  ['of the same device, later in the log', later(9, 5), earlier(one, 10), false],
  ['the entry itself', later(9, 5), earlier(one, 9), false],
  ['waiting, of another device', later(9, 5), earlier(other, null), false],
  ['waiting, of the same device, where this one is in the log', later(9, 5), earlier(one, null), false],
  ['of the same device, where this one waits', later(null, 5), earlier(one, 9), true],
  ['waiting, of the same device, where this one waits too', later(null, 5), earlier(one, null), true],
  ['of another device, where this one waits', later(null, 5), earlier(other, 6), false],
  ['waiting, of another device, where this one waits', later(null, 5), earlier(other, null), false],
])('whether an author knew what stands %s', (_, signed, before, knew) => expect(knewOf(signed, before)).toBe(knew));
