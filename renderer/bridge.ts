import type { Probity } from '#shared/bridge/contract.ts';

declare global {
  interface Window {
    /** Put there by the host before the workbench loads. */
    readonly probity?: Probity;
  }
}

/** The only place that touches `window.probity`. Null when no host stands behind the window. */
export const readBridge = (): Probity | null => window.probity ?? null;
