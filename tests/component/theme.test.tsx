import { describe, expect, it } from 'vitest';
// What the palette adds to MUI's types.
import type {} from '#renderer/ui/palette.ts';
import { makeTheme } from '#renderer/ui/theme.ts';

type Rgb = readonly [number, number, number];

const toRgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
const alphaOf = (hex: string): number => (hex.length === 9 ? Number.parseInt(hex.slice(7), 16) / 255 : 1);

/** Relative luminance and contrast, WCAG 2.2. */
function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((left, right) => right - left) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
const over = (top: string, under: Rgb): Rgb =>
  toRgb(top).map((part, at) => part * alphaOf(top) + (under[at] ?? 0) * (1 - alphaOf(top))) as unknown as Rgb;

describe.each(['light', 'dark'] as const)('the %s palette', (mode) => {
  const { palette } = makeTheme(mode);
  const papers = [palette.background.default, palette.background.paper].flatMap((paper) => {
    const plain = toRgb(paper);
    return [plain, over(palette.action.selected, plain), over(palette.action.hover, plain)];
  });

  it.each([
    ['text', palette.text.primary],
    ['secondary text', palette.text.secondary],
    ['accent', palette.primary.main],
    ['red', palette.tone.red],
    ['amber', palette.tone.amber],
    ['green', palette.tone.green],
    ['plain', palette.tone.plain],
  ])('writes %s at 4.5:1 or more on every paper, marked rows included', (_, ink) => {
    for (const paper of papers) expect(contrast(toRgb(ink), paper)).toBeGreaterThanOrEqual(4.5);
  });

  it('writes on buttons and on the marking at 4.5:1 or more', () => {
    expect(contrast(toRgb(palette.primary.contrastText), toRgb(palette.primary.main))).toBeGreaterThanOrEqual(4.5);
    expect(
      contrast(toRgb(palette.protectiveMarking.ink), toRgb(palette.protectiveMarking.paper)),
    ).toBeGreaterThanOrEqual(4.5);
  });
});
