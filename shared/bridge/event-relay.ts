import type { HostEvent } from './contract.ts';

export type HostListener = (event: HostEvent) => void;

export interface EventRelay {
  publish(event: HostEvent): void;
  /** Tells the newcomer the present state first. Returns what ends the subscription. */
  subscribe(listener: HostListener): () => void;
}

/**
 * Passes host events on, and tells a newcomer how things stand: a window that loads after the stream of positions
 * opened would otherwise show "offline" until the next change. A `lock` is an occurrence, not a state: never repeated.
 */
export function createEventRelay(): EventRelay {
  const listeners = new Set<HostListener>();
  const state = new Map<HostEvent['type'], HostEvent>();
  return {
    publish(event) {
      if (event.type !== 'lock') state.set(event.type, event);
      for (const listener of [...listeners]) listener(event);
    },
    subscribe(listener) {
      // Wrapped, so that one function subscribed twice is two subscriptions.
      const own: HostListener = (event) => listener(event);
      listeners.add(own);
      for (const event of state.values()) own(event);
      return () => listeners.delete(own);
    },
  };
}
