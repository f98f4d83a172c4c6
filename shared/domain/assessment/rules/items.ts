import type { Item } from '../assessment-state.ts';
import type { Rule, RuleContext } from './rule.ts';

/** The item, unless there is none or the author knew that it was withdrawn. */
export const standingItem = (entry: string, { assessment, knew }: RuleContext): Item | null =>
  assessment.items.find((item) => item.entry === entry && !item.takenBack.some(knew)) ?? null;

export const gone = 'There is no such item, or it was withdrawn.';

/** An item says exactly what the referral says, where it says it: nobody's paraphrase becomes evidence. */
export const itemRecorded: Rule<'item.recorded'> = ({ start, end, text }, { state }) =>
  state.referral.report.narrative.slice(start, end) === text && start < end
    ? null
    : 'The text of the item is not what stands in the referral at that place.';

export const provenanceRecorded: Rule<'provenance.recorded'> = ({ item }, context) =>
  standingItem(item, context) ? null : gone;

export const itemWithdrawn: Rule<'item.withdrawn'> = ({ item }, context) => (standingItem(item, context) ? null : gone);
