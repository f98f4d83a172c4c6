import { createTheme, type Theme } from '@mui/material/styles';
import { dark, light } from './palette.ts';

export const rowHeight = 32;
/** Narrower, or as narrow because it is enlarged: everything in one column. */
export const oneColumn = '@media (max-width: 899.95px)';
/** Narrower still: the places above instead of at the side, steps and fields one below the other. */
export const listed = '@media (max-width: 699.95px)';
/** Of the protective marking, above and below: nothing ever covers it, panels and their backdrops included. */
export const protectiveMarkingHeight = 20;
const fontFamily = "'Inter Variable', system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif";

/** One of several that is chosen: without colours of its own, nothing else would tell it from its neighbours. */
const chosen =
  '[aria-selected="true"], [aria-current]:not([aria-current="false"]), [aria-pressed="true"], [role^=menuitem][aria-checked="true"]';

const baseStyles = {
  'html, body, #root': { height: '100%', overflow: 'hidden' },
  '[role=grid], time, footer': { fontVariantNumeric: 'tabular-nums' },
  time: { whiteSpace: 'nowrap' },
  '.tone-label': { display: 'inline-flex', alignItems: 'center', gap: 6, whiteSpace: 'nowrap' },
  '.tone-label svg': { width: 10, height: 10, flex: 'none', fill: 'currentColor' },
  '.tone-label.strong': { fontWeight: 650 },
  '.muted': { color: 'var(--muted)' },
  // One ring for everything that takes the focus, also where a component draws none of its own.
  ':focus-visible': { outline: '2px solid var(--focus-ring)', outlineOffset: 1 },
  '@media (forced-colors: active)': {
    ':focus-visible': { outline: '2px solid Highlight' },
    [chosen]: {
      forcedColorAdjust: 'none',
      backgroundColor: 'SelectedItem !important',
      '--focus-ring': 'SelectedItemText',
      outlineColor: 'SelectedItemText',
    },
    [`${chosen}, :is(${chosen}) *`]: { color: 'SelectedItemText !important' },
  },
  '@media (prefers-reduced-motion: reduce)': {
    '*, *::before, *::after': { animationDuration: '0.01ms', transitionDuration: '0.01ms', scrollBehavior: 'auto' },
  },
} as const;

/** Compact, calm, and the same in light and dark but for the palette. Nothing is stored by it. */
export function makeTheme(mode: 'light' | 'dark'): Theme {
  const palette = mode === 'dark' ? dark : light;
  return createTheme({
    palette,
    shape: { borderRadius: 3 },
    motion: { reducedMotion: 'system' },
    typography: {
      fontFamily,
      fontSize: 13,
      body1: { fontSize: 13, lineHeight: 1.5 },
      body2: { fontSize: 13, lineHeight: 1.45 },
      caption: { fontSize: 12, lineHeight: 1.4 },
      h1: { fontSize: 18, fontWeight: 650, lineHeight: 1.3 },
      h2: { fontSize: 13, fontWeight: 650, lineHeight: 1.4 },
      h3: { fontSize: 13, fontWeight: 600, lineHeight: 1.4 },
      button: { fontSize: 13, fontWeight: 550, textTransform: 'none' },
    },
    components: {
      MuiCssBaseline: {
        styleOverrides: {
          ...baseStyles,
          ':root': {
            '--focus-ring': (palette.primary as { main: string }).main,
            '--muted': palette.text?.secondary,
          },
          '.tone-red': { color: palette.tone?.red },
          '.tone-amber': { color: palette.tone?.amber },
          '.tone-green': { color: palette.tone?.green },
        },
      },
      MuiButtonBase: {
        defaultProps: { disableRipple: true },
        // Radio buttons and check boxes hide what has the focus: their frame shows it.
        styleOverrides: {
          root: { '&.Mui-focusVisible': { outline: '2px solid var(--focus-ring)', outlineOffset: -2 } },
        },
      },
      MuiButton: {
        defaultProps: { size: 'small', disableElevation: true },
        styleOverrides: { root: { minHeight: 28, paddingInline: 10, whiteSpace: 'nowrap' } },
      },
      MuiIconButton: { defaultProps: { size: 'small' } },
      MuiTextField: { defaultProps: { size: 'small', variant: 'outlined', fullWidth: true } },
      MuiOutlinedInput: {
        styleOverrides: { notchedOutline: { borderColor: mode === 'dark' ? '#7d7d7d' : '#7a7a7a' } },
      },
      MuiTooltip: { defaultProps: { enterDelay: 500, disableInteractive: true } },
      MuiBackdrop: { styleOverrides: { root: { top: protectiveMarkingHeight, bottom: protectiveMarkingHeight } } },
      MuiPopover: { styleOverrides: { paper: { border: `1px solid ${palette.divider}` } } },
      MuiDrawer: {
        styleOverrides: {
          paper: { top: protectiveMarkingHeight, height: `calc(100% - ${2 * protectiveMarkingHeight}px)` },
        },
      },
      MuiTableCell: { styleOverrides: { root: { borderColor: palette.divider as string } } },
      MuiMenuItem: { defaultProps: { dense: true } },
      MuiTab: { styleOverrides: { root: { minHeight: 34, padding: '4px 12px' } } },
      MuiTabs: { styleOverrides: { root: { minHeight: 34 } } },
      MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiAlert: {
        styleOverrides: { root: { paddingBlock: 2 }, message: { paddingBlock: 6 }, icon: { paddingBlock: 6 } },
      },
    },
  });
}
