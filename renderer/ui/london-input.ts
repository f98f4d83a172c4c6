const zone = { timeZone: 'Europe/London', hourCycle: 'h23' } as const;
const parts = new Intl.DateTimeFormat('en-GB', {
  ...zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** "2026-11-21T09:12": what a date-and-time field takes, as London's clocks show it. */
export function toLondonInput(at: number): string {
  const found: Record<string, string> = {};
  for (const { type, value } of parts.formatToParts(at)) found[type] = value;
  return `${found.year}-${found.month}-${found.day}T${found.hour}:${found.minute}`;
}

/** "2026-11-21". */
export const toLondonDay = (at: number): string => toLondonInput(at).slice(0, 10);

/**
 * The instant at which London's clocks show what the field holds; empty when it holds none. Of an hour that comes twice
 * in autumn, the first: the one with the earlier deadline. An hour that spring leaves out gives the one after it.
 */
export function fromLondonInput(text: string): string {
  const asIfUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asIfUtc)) return '';
  const offsetAt = (at: number) => Date.parse(`${toLondonInput(at)}Z`) - Math.floor(at / 60_000) * 60_000;
  const candidates = [asIfUtc - 3_600_000, asIfUtc].filter((at) => at + offsetAt(at) === asIfUtc);
  return new Date(candidates[0] ?? asIfUtc).toISOString();
}
