import { hasTwins, type Rule } from './rule.ts';

/** HMICFRS: the twelve, used consistently; several may apply, and one leads. */
export const categoriesRecorded: Rule<'categories.recorded'> = ({ categories, primary }) => {
  if (hasTwins(categories)) return 'A category is named twice.';
  return categories.includes(primary) ? null : 'The primary category must be one of those chosen.';
};

export const standardsRecorded: Rule<'standards.recorded'> = (data) =>
  hasTwins(data.standards) ? 'A standard is named twice.' : null;
