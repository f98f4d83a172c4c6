import { z } from 'zod';
import { refuseField } from '#shared/kernel/refusal.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { hasTwins, note } from '../event/fields.ts';
import type { History } from '../event/history.ts';
import { intelligenceCategoryIds } from './intelligence-categories.ts';

const data = z.strictObject({
  categories: z.array(z.enum(intelligenceCategoryIds)).min(1).max(12),
  primary: z.enum(intelligenceCategoryIds),
  why: note.nullable(),
});
export type CategoriesRecorded = z.output<typeof data>;

export interface CategoryState {
  readonly categories: History<CategoriesRecorded>;
}

/** (e) HMICFRS: the twelve, used consistently; several may apply, and one leads. */
export const categoriesRecorded = defineCaseEvent('categories.recorded', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { categories: [] },
  rule: ({ categories, primary }) => {
    if (hasTwins(categories)) return refuseField('categories', 'category-twice');
    return categories.includes(primary) ? null : refuseField('primary', 'primary-not-chosen');
  },
  history: ({ categories }: CategoryState) => categories,
  apply: ({ categories }: CategoryState, recorded, signed) => ({
    categories: [...categories, { ...recorded, ...signed }],
  }),
});
