import { intelligenceCategories } from '#shared/domain/classification/intelligence-categories.ts';
import { publicCategories } from '#shared/domain/report/public-categories.ts';
import type { QueueRow } from './queue-types.ts';

/** What the public called it, which the column is sorted by; then the primary category that the unit recorded. */
export function Categories({ row: { categories, assessed } }: { readonly row: QueueRow }) {
  const reported = categories.map((category) => publicCategories[category].short).join(', ');
  if (!assessed?.primary) return reported;
  return (
    <>
      {reported} <span className="muted">{`· ${intelligenceCategories[assessed.primary].short}`}</span>
    </>
  );
}

export function categoriesTitle({ categories, assessed }: QueueRow): string {
  const reported = `Reported as: ${categories.map((category) => publicCategories[category].label).join('; ')}`;
  if (!assessed || assessed.categories.length === 0) return reported;
  const recorded = assessed.categories.map(
    (category) => `${intelligenceCategories[category].label}${category === assessed.primary ? ' (primary)' : ''}`,
  );
  return `${reported}\nRecorded as: ${recorded.join('; ')}`;
}
