/*
 * How numbers that identify somebody are written: parts of regular expressions. Who looks for a mark and who looks for a
 * clue begin and end them differently, and differ in `gap`, the characters that may stand between two parts, as a class.
 */

export const countryCode = String.raw`\+44`;

/** A British number after its leading nought or country code: nine or ten digits. */
export const nationalDigits = (gap: string): string => String.raw`\d(?:${gap}?\d){8,9}`;

/** A registration of the style in use since 2001. */
export const currentPlate = (gap: string): string => `[A-Z]{2}\\d{2}${gap}?[A-Z]{3}`;
