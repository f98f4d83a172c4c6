import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  fromLondonInput,
  londonInstantIn,
  readTyped,
  type TypedKind,
  toLondonDay,
  toLondonInput,
  type Unread,
  writeTyped,
} from '#renderer/ui/london-input.ts';

afterEach(() => vi.unstubAllEnvs());

const zones: readonly (readonly [zone: string, minutesInNovember: number])[] = [
  ['Europe/London', 0],
  ['America/New_York', 300],
  ['Asia/Kolkata', -330],
  ['Pacific/Kiritimati', -840],
];

describe.each(zones)('on a machine set to %s', (zone, minutes) => {
  const setZone = () => {
    vi.stubEnv('TZ', zone);
    // Else the tests below would say nothing.
    expect(new Date('2026-11-21T12:00:00Z').getTimezoneOffset()).toBe(minutes);
  };

  it.each<[TypedKind, string, string]>([
    ['day', '21/11/2026', '2026-11-21'],
    ['day', '3/4/2026', '2026-04-03'],
    ['day', ' 03.04.2026 ', '2026-04-03'],
    ['day', '3 4 2026', '2026-04-03'],
    ['day', '03-04-2026', '2026-04-03'],
    ['day', '03 / 04 / 2026', '2026-04-03'],
    ['day', '21112026', '2026-11-21'],
    ['day', '29/02/2028', '2028-02-29'],
    ['instant', '21/11/2026 09:12', '2026-11-21T09:12'],
    ['instant', '21/11/2026, 9:12', '2026-11-21T09:12'],
    ['instant', '21/11/2026 9.12', '2026-11-21T09:12'],
    ['instant', '21/11/2026 0912', '2026-11-21T09:12'],
    ['instant', '21112026 0912', '2026-11-21T09:12'],
    ['instant', '211120260912', '2026-11-21T09:12'],
    ['instant', '31/12/2026 23:59', '2026-12-31T23:59'],
    // An hour that New York's clocks leave out, and one that comes twice there.
    ['instant', '08/03/2026 02:30', '2026-03-08T02:30'],
    // Twice in London: with which it is.
    ['instant', '25/10/2026 01:30 BST', '2026-10-25T01:30 BST'],
    ['instant', '25/10/2026 01:30 gmt', '2026-10-25T01:30 GMT'],
    ['instant', '25102026 0130GMT', '2026-10-25T01:30 GMT'],
    ['instant', '25/10/2026 00:59 BST', '2026-10-25T00:59'],
    ['instant', '25/10/2026 02:00', '2026-10-25T02:00'],
    ['instant', '21/11/2026 09:12 GMT', '2026-11-21T09:12'],
    ['instant', '01/11/2026 01:30', '2026-11-01T01:30'],
  ])('reads a %s typed as "%s"', (kind, text, value) => {
    setZone();
    expect(readTyped(text, kind)).toBe(value);
    expect(readTyped(writeTyped(value, kind), kind)).toBe(value);
  });

  it.each<[at: string, shown: string]>([
    ['2026-11-21T09:12:59.999Z', '2026-11-21T09:12'],
    ['2026-07-01T23:30:00.000Z', '2026-07-02T00:30'],
    ['2026-03-29T00:59:00.000Z', '2026-03-29T00:59'],
    ['2026-03-29T01:00:00.000Z', '2026-03-29T02:00'],
    ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30 BST'],
    ['2026-10-25T01:30:00.000Z', '2026-10-25T01:30 GMT'],
    ['2026-10-25T02:00:00.000Z', '2026-10-25T02:00'],
  ])('shows %s as London does: %s', (at, shown) => {
    setZone();
    expect(toLondonInput(Date.parse(at))).toBe(shown);
    expect(toLondonDay(Date.parse(at))).toBe(shown.slice(0, 10));
  });

  it.each<[text: string, at: string]>([
    ['2026-11-21T09:12', '2026-11-21T09:12:00.000Z'],
    ['2026-07-02T00:30', '2026-07-01T23:30:00.000Z'],
    ['2026-03-29T00:59', '2026-03-29T00:59:00.000Z'],
    // Left out in spring: none. Twice in autumn: as it says.
    ['2026-03-29T01:30', '2026-03-29T01:30'],
    ['2026-03-29T02:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25T01:30 BST', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T01:30 GMT', '2026-10-25T01:30:00.000Z'],
    ['2026-07-02T00:30 GMT', '2026-07-02T00:30 GMT'],
    // In the war London was two hours ahead.
    ['1943-07-02T00:30', '1943-07-01T22:30:00.000Z'],
    ['2026-10-25T02:00', '2026-10-25T02:00:00.000Z'],
    ['', ''],
    [' ', ''],
    // No instant: it stays what it is, and is refused.
    ['21/11/26 09:12', '21/11/26 09:12'],
  ])('takes "%s" for %s', (text, at) => {
    setZone();
    expect(fromLondonInput(text)).toBe(at);
  });
});

it.each(['12/11/2026', '12/11/2026 1', '21/11/26 09:12', '2026-11-12', '2026-03-29T01:30', ''])(
  'half a date is no instant, whatever a program could make of it: "%s"',
  (text) => expect(londonInstantIn(text)).toBeNull(),
);

it.each<[TypedKind, string, Unread['why']]>([
  ['day', '', 'notWhole'],
  ['day', '21', 'notWhole'],
  ['day', '21/11', 'notWhole'],
  ['day', '21/11/26', 'shortYear'],
  ['day', '21/11/202', 'notWhole'],
  ['day', '21/11/20261', 'notWhole'],
  ['day', '11/21/2026', 'noMonth'],
  ['day', '11212026', 'noMonth'],
  ['day', '2026-11-21', 'notWhole'],
  ['day', '31/02/2026', 'noDay'],
  ['day', '29/02/2026', 'noDay'],
  ['day', '29/02/1900', 'noDay'],
  ['day', '00/11/2026', 'noDay'],
  ['day', '21/00/2026', 'noMonth'],
  ['day', '21/11/0026', 'farYear'],
  ['day', '21/11/2126', 'farYear'],
  ['day', '21/11/2026 09:12', 'notWhole'],
  ['day', '1112026', 'notWhole'],
  ['day', '٢١/١١/٢٠٢٦', 'notWhole'],
  ['instant', '21/11/2026', 'notWhole'],
  ['instant', '21/11/26 09:12', 'shortYear'],
  ['instant', '31/02/2026 09:12', 'noDay'],
  ['instant', '21/11/2026 9', 'notWhole'],
  ['instant', '21/11/2026 9:1', 'notWhole'],
  ['instant', '21/11/2026 24:00', 'noTime'],
  ['instant', '21/11/2026 09:60', 'noTime'],
  ['instant', '21/11/202609:12', 'notWhole'],
  ['instant', '21/11/2026 09:12 pm', 'notWhole'],
  ['instant', '29/03/2026 01:00', 'skipped'],
  ['instant', '29/03/2026 01:59', 'skipped'],
  ['instant', '29/03/2026 01:30 GMT', 'skipped'],
  ['instant', '25/10/2026 01:00', 'twice'],
  ['instant', '25/10/2026 01:59', 'twice'],
  ['instant', '21/11/2026 09:12 BST', 'otherZone'],
  ['instant', '25/10/2026 01:30 BDST', 'otherZone'],
])('does not guess at a %s typed as "%s": %s', (kind, text, why) =>
  expect(readTyped(text, kind)).toMatchObject({ why }),
);

it.each<[TypedKind, string, string]>([
  ['day', '2026-11-21', '21/11/2026'],
  ['instant', '2026-11-21T09:12', '21/11/2026 09:12'],
  ['day', '', ''],
  ['day', 'yesterday', ''],
  ['day', '2026-11-21T09:12', ''],
  ['instant', '2026-11-21', ''],
  ['instant', '2026-11-21T09:12:00Z', ''],
  ['day', '2026-02-31', ''],
  ['instant', '2026-10-25T01:30 BST', '25/10/2026 01:30 BST'],
  ['instant', '2026-10-25T01:30', ''],
])('writes the %s "%s" as "%s"', (kind, value, text) => expect(writeTyped(value, kind)).toBe(text));
