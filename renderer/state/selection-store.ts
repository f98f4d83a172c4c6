import { create } from 'zustand';

/** What is selected in the narrative: UTF-16 offsets of the narrative itself, end exclusive. Null: nothing. */
export interface NarrativeSelection {
  readonly start: number;
  readonly end: number;
}

export const useSelection = create<{ readonly selection: NarrativeSelection | null }>(() => ({ selection: null }));

export const selectInNarrative = (selection: NarrativeSelection | null): void => useSelection.setState({ selection });
