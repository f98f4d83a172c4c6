import { openMarks } from '../sanitising.ts';
import type { Rule } from './rule.ts';

/**
 * College APP: what identifies the source, explicitly or implicitly, is removed before anything is passed on. Judges
 * the marks that are recorded, not those that this version would find: replicas of other versions must agree.
 */
export const sanitisedRecorded: Rule<'sanitised.recorded'> = ({ of, text, marks }, { assessment, knew }) => {
  if (of.kind === 'item') {
    const item = assessment.items.find(({ entry }) => entry === of.item);
    if (!item || item.takenBack.some(knew)) return 'There is no such item, or it was withdrawn.';
  }
  const open = openMarks(text, marks).length;
  if (open > 0) return `${open} mark${open === 1 ? ' is' : 's are'} neither resolved nor dismissed with a reason.`;
  return null;
};
