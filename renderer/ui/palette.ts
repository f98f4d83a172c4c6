import type { PaletteOptions } from '@mui/material/styles';

/** How much a label warns. Red, amber and green are for risk and clocks only. */
export type Tone = 'red' | 'amber' | 'green' | 'plain';

declare module '@mui/material/styles' {
  interface Palette {
    tone: Readonly<Record<Tone, string>>;
    protectiveMarking: { readonly paper: string; readonly ink: string };
  }
  interface PaletteOptions {
    tone?: Readonly<Record<Tone, string>>;
    protectiveMarking?: { readonly paper: string; readonly ink: string };
  }
}

/** Every pair of ink and paper here has a contrast of 4.5:1 or more; borders of controls 3:1. */
export const light: PaletteOptions = {
  mode: 'light',
  primary: { main: '#1d5a9e', contrastText: '#ffffff' },
  error: { main: '#a8201a' },
  warning: { main: '#7d4a00' },
  success: { main: '#1c6434' },
  info: { main: '#1d5a9e' },
  background: { default: '#f2f2f2', paper: '#ffffff' },
  text: { primary: '#1a1a1a', secondary: '#545454', disabled: '#6b6b6b' },
  divider: '#d4d4d4',
  action: { hover: '#00000009', selected: '#1d5a9e1c' },
  tone: { red: '#a8201a', amber: '#7d4a00', green: '#1c6434', plain: '#545454' },
  protectiveMarking: { paper: '#2b2b2b', ink: '#ffffff' },
};

export const dark: PaletteOptions = {
  mode: 'dark',
  primary: { main: '#8fbcf0', contrastText: '#10161d' },
  error: { main: '#ff958c' },
  warning: { main: '#f5b85c' },
  success: { main: '#86cf9b' },
  info: { main: '#8fbcf0' },
  background: { default: '#141414', paper: '#1d1d1d' },
  text: { primary: '#e9e9e9', secondary: '#b2b2b2', disabled: '#969696' },
  divider: '#3a3a3a',
  action: { hover: '#ffffff0d', selected: '#8fbcf026' },
  tone: { red: '#ff958c', amber: '#f5b85c', green: '#86cf9b', plain: '#b2b2b2' },
  protectiveMarking: { paper: '#000000', ink: '#ffffff' },
};
