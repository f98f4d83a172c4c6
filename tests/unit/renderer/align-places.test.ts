import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignPlaces } from '#renderer/ui/align-places.ts';
import { sample } from '#tests/support/effort.ts';

const original =
  'My sister told me that he came on Monday. I saw the van at the gate when he drove off with the parcels.';
const changed = 'A relative said that he came on Monday. The van was at the gate when he drove off with the parcels.';

test.each(['that he came', 'at the gate', 'the parcels'])('the same passage in both: %s', (words) => {
  const { toOther, toOne } = alignPlaces(original, changed);
  expect(toOther(original.indexOf(words))).toBe(changed.indexOf(words));
  expect(toOne(changed.indexOf(words))).toBe(original.indexOf(words));
});

test('of a text and itself each place is its own; of any two texts, no place is outside, and order is kept', () => {
  const text = fc.array(fc.constantFrom('he', 'saw', 'the', 'van', '.', 'and', 'my', 'sister'), { maxLength: 60 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [from, to] = [one.join(' '), other.join(' ')];
      const own = alignPlaces(from, from);
      const { toOther } = alignPlaces(from, to);
      let reached = 0;
      for (let at = 0; at <= from.length; at += 1) {
        expect(own.toOther(at)).toBe(at);
        const there = toOther(at);
        expect(there >= reached && there <= to.length).toBe(true);
        reached = there;
      }
    }),
    sample(200),
  );
});
