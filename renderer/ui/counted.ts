/** "1.2 MB", "340 KB", "12 bytes". */
export function fileSize(bytes: number): string {
  if (bytes >= 1_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return bytes >= 1000 ? `${Math.round(bytes / 1000)} KB` : `${bytes} bytes`;
}

const grouped = new Intl.NumberFormat('en-GB');
/** "50,000". */
export const count = (value: number): string => grouped.format(value);
/** "1 entry", "2 entries". */
export const counted = (value: number, one: string, many: string): string =>
  `${count(value)} ${value === 1 ? one : many}`;
