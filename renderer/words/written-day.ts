/** A calendar day as Britain writes it: 21/11/2026. Empty where there is none. */
export const writtenDay = (day: unknown): string =>
  String(day ?? '')
    .split('-')
    .reverse()
    .join('/');
