import { create } from 'zustand';

/** The order of an assessment: safety first. The ids also begin the keys of the drafts. */
export const stepIds = ['risk', 'mandatory', 'items', 'grading', 'categories', 'harm', 'disposition'] as const;
export type StepId = (typeof stepIds)[number];

/** `referral`: where there is room for one column only. */
export type CaseTab = 'referral' | 'assessment' | 'known' | 'activity';

interface StepStore {
  readonly step: StepId;
  /** Which tab is shown where there is no room for three columns. */
  readonly tab: CaseTab;
  /** The form that takes the focus; null: the first of the step. */
  readonly form: string | null;
  /** Counts arrivals: the step moves the focus when it changes. Nought: the case was just opened, its heading has it. */
  readonly arrival: number;
  /** Forms that the step asks for next and the member put off, while the case is open. */
  readonly putOff: readonly string[];
  /** Sanitising has the room of the referral, whose text it shows itself. */
  readonly wide: boolean;
}

export const useStep = create<StepStore>(() => ({
  step: 'risk',
  tab: 'assessment',
  form: null,
  arrival: 0,
  putOff: [],
  wide: false,
}));

export const goToStep = (step: StepId, form: string | null = null): void =>
  useStep.setState(({ arrival }) => ({ step, form, tab: 'assessment', arrival: arrival + 1 }));

export const showTab = (tab: CaseTab): void => useStep.setState({ tab });

export const putOff = (form: string): void => useStep.setState(({ putOff: before }) => ({ putOff: [...before, form] }));

export const setWide = (wide: boolean): void => useStep.setState({ wide });

export const resetSteps = (): void => useStep.setState(useStep.getInitialState(), true);

/** What is selected in the narrative: UTF-16 offsets of the narrative itself, end exclusive. Null: nothing. */
export interface NarrativeSelection {
  readonly start: number;
  readonly end: number;
}

export const useSelection = create<{ readonly selection: NarrativeSelection | null }>(() => ({ selection: null }));

export const selectInNarrative = (selection: NarrativeSelection | null): void => useSelection.setState({ selection });
