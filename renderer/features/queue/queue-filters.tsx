import type { RefObject } from 'react';
import { setQuery, useQueue } from '#renderer/state/queue-store.ts';
import { ariaKeysOf, labelWithKeys } from '#renderer/state/shortcut-list.ts';
import { type Choice, ChoiceMenu } from '#renderer/ui/choice-menu.tsx';
import { type Status, statuses } from '#shared/domain/case/case-state.ts';
import { type Priority, priorities } from '#shared/domain/case/priority.ts';
import { publicCategories, publicCategoryIds } from '#shared/domain/report/public-categories.ts';
import type { QueueQuery } from './queue-types.ts';

const holderChoices: readonly Choice<QueueQuery['holder']>[] = [
  { value: 'anyone', label: 'anyone' },
  { value: 'unassigned', label: 'nobody' },
  { value: 'me', label: 'me' },
];
const toChoices = <Id extends string>(table: Readonly<Record<Id, { readonly label: string }>>): readonly Choice<Id>[] =>
  (Object.keys(table) as Id[]).map((value) => ({ value, label: table[value].label }));

const statusChoices = (Object.keys(statuses) as Status[]).map((value) => ({ value, label: statuses[value] }));
const priorityChoices = toChoices<Priority>(priorities);
const categoryChoices = publicCategoryIds.map((value) => ({ value, label: publicCategories[value].short }));

/** What the queue shows. Each change asks the vault at once. */
export function QueueFilters({ firstRef }: { readonly firstRef: RefObject<HTMLButtonElement | null> }) {
  const { status, priority, category, holder } = useQueue((state) => state.query);
  return (
    <>
      <ChoiceMenu
        label="Held by"
        single
        choices={holderChoices}
        chosen={[holder]}
        onChange={([chosen]) => setQuery({ holder: chosen ?? 'anyone' })}
        buttonRef={firstRef}
        keyShortcuts={ariaKeysOf('filter')}
        title={labelWithKeys('filter')}
      />
      <ChoiceMenu
        label="Status"
        choices={statusChoices}
        chosen={status}
        onChange={(chosen) => setQuery({ status: chosen })}
      />
      <ChoiceMenu
        label="Priority"
        choices={priorityChoices}
        chosen={priority}
        onChange={(chosen) => setQuery({ priority: chosen })}
      />
      <ChoiceMenu
        label="Category"
        choices={categoryChoices}
        chosen={category}
        onChange={(chosen) => setQuery({ category: chosen })}
      />
    </>
  );
}
