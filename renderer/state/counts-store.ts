import { create } from 'zustand';
import type { CountsView } from '#renderer/vault/vault-api.ts';
import { stillOpen, troubleOf, vaultNow } from './vault-port.ts';

export type { CountsView } from '#renderer/vault/vault-api.ts';

interface CountsStore {
  /** Null before the first answer. They stand still until they are asked for again: what is copied is what was read. */
  readonly view: CountsView | null;
  /** Whether small numbers are withheld. */
  readonly withheld: boolean;
  readonly trouble: string | null;
}

export const useCounts = create<CountsStore>(() => ({ view: null, withheld: true, trouble: null }));

/** Answers to an earlier question are dropped. */
let asked = 0;

/** @param year in which the financial year begins; null: the one on the screen or, at first, this one */
export async function loadCounts(year: number | null = null): Promise<void> {
  const vault = vaultNow();
  asked += 1;
  const question = asked;
  const answer = (state: Partial<CountsStore>) => {
    if (stillOpen(vault) && question === asked) useCounts.setState(state);
  };
  try {
    const shown = useCounts.getState().view?.counts.year ?? null;
    answer({ view: await vault.call('counts.read', { year: year ?? shown }), trouble: null });
  } catch (error) {
    answer({ view: null, trouble: troubleOf(error) });
  }
}

export const withholdInCounts = (withheld: boolean): void => useCounts.setState({ withheld });

export function resetCounts(): void {
  asked += 1;
  useCounts.setState(useCounts.getInitialState(), true);
}
