import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  fromLondonInput,
  parseTyped,
  type TypedKind,
  toLondonDay,
  toLondonInput,
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
    // An hour that London's clocks leave out, and one that New York's do: text is text.
    ['instant', '29/03/2026 01:30', '2026-03-29T01:30'],
    ['instant', '08/03/2026 02:30', '2026-03-08T02:30'],
    ['instant', '25/10/2026 01:30', '2026-10-25T01:30'],
    ['instant', '01/11/2026 01:30', '2026-11-01T01:30'],
  ])('reads a %s typed as "%s"', (kind, text, value) => {
    setZone();
    expect(parseTyped(text, kind)).toBe(value);
    expect(parseTyped(writeTyped(value, kind), kind)).toBe(value);
  });

  it.each<[at: string, shown: string]>([
    ['2026-11-21T09:12:59.999Z', '2026-11-21T09:12'],
    ['2026-07-01T23:30:00.000Z', '2026-07-02T00:30'],
    ['2026-03-29T00:59:00.000Z', '2026-03-29T00:59'],
    ['2026-03-29T01:00:00.000Z', '2026-03-29T02:00'],
    ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30'],
    ['2026-10-25T01:30:00.000Z', '2026-10-25T01:30'],
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
    // Left out in spring: the hour after it. Twice in autumn: the earlier, with the earlier deadline.
    ['2026-03-29T01:30', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T02:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25T01:30', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T02:00', '2026-10-25T02:00:00.000Z'],
    ['', ''],
  ])('takes "%s" for %s', (text, at) => {
    setZone();
    expect(fromLondonInput(text)).toBe(at);
  });
});

it.each<[TypedKind, string]>([
  ['day', ''],
  ['day', '21'],
  ['day', '21/11'],
  ['day', '21/11/26'],
  ['day', '21/11/202'],
  ['day', '21/11/20261'],
  ['day', '11/21/2026'],
  ['day', '11212026'],
  ['day', '2026-11-21'],
  ['day', '31/02/2026'],
  ['day', '29/02/2026'],
  ['day', '00/11/2026'],
  ['day', '21/00/2026'],
  ['day', '21/11/0026'],
  ['day', '21/11/2026 09:12'],
  ['day', '1112026'],
  ['day', '٢١/١١/٢٠٢٦'],
  ['instant', '21/11/2026'],
  ['instant', '21/11/2026 9'],
  ['instant', '21/11/2026 9:1'],
  ['instant', '21/11/2026 24:00'],
  ['instant', '21/11/2026 09:60'],
  ['instant', '21/11/202609:12'],
  ['instant', '21/11/2026 09:12 pm'],
])('does not guess at a %s typed as "%s"', (kind, text) => expect(parseTyped(text, kind)).toBeNull());

it.each<[TypedKind, string, string]>([
  ['day', '2026-11-21', '21/11/2026'],
  ['instant', '2026-11-21T09:12', '21/11/2026 09:12'],
  ['day', '', ''],
  ['day', 'yesterday', ''],
  ['day', '2026-11-21T09:12', ''],
  ['instant', '2026-11-21', ''],
  ['instant', '2026-11-21T09:12:00Z', ''],
  ['day', '2026-02-31', ''],
])('writes the %s "%s" as "%s"', (kind, value, text) => expect(writeTyped(value, kind)).toBe(text));
