import { memo, type RefObject, useEffect, useState } from 'react';
import { countCases } from '#renderer/state/queue-query.ts';
import { setQuery, useQueue } from '#renderer/state/queue-store.ts';
import { ariaKeysOf, labelWithKeys } from '#renderer/state/shortcut-list.ts';
import { type Choice, ChoiceMenu } from '#renderer/ui/choice-menu.tsx';
import { type Status, statuses } from '#shared/domain/case/case-state.ts';
import { type DueChoice, dueChoices, type QueueQuery } from '#shared/domain/case/queue-query.ts';
import {
  intelligenceCategories,
  intelligenceCategoryIds,
} from '#shared/domain/classification/intelligence-categories.ts';
import { type DispositionKind, dispositions } from '#shared/domain/disposition/dispositions.ts';
import { type Priority, priorities } from '#shared/domain/priority/priorities.ts';
import { publicCategories, publicCategoryIds } from '#shared/domain/report/public-categories.ts';

type Counts = Awaited<ReturnType<typeof countCases>>;

/** While this filter is open: counted then, and again when the queue on screen changed. Null until they are there. */
function useCounts(wanted: boolean): Counts | null {
  const [counts, setCounts] = useState<Counts | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let asked = 0;
    const count = () => {
      asked += 1;
      const turn = asked;
      const show = (next: Counts | null) => {
        if (turn === asked) setCounts(next);
      };
      // Without counts a filter is as good as it was: the queue itself says what is wrong with the vault.
      countCases().then(show, () => show(null));
    };
    count();
    // Other pages mean another query, or that cases changed.
    const stop = useQueue.subscribe(({ pages }, before) => {
      if (pages !== before.pages) count();
    });
    return () => {
      asked = 0;
      stop();
    };
  }, [wanted]);
  return wanted ? counts : null;
}

const holderChoices: readonly Choice<QueueQuery['holder']>[] = [
  { value: 'anyone', label: 'anyone' },
  { value: 'unassigned', label: 'nobody' },
  { value: 'me', label: 'me' },
];
const toChoices = <Id extends string>(table: Readonly<Record<Id, { readonly label: string }>>): readonly Choice<Id>[] =>
  (Object.keys(table) as Id[]).map((value) => ({ value, label: table[value].label }));

const statusChoices = (Object.keys(statuses) as Status[]).map((value) => ({ value, label: statuses[value] }));
const priorityChoices = toChoices<Priority>(priorities);
const publicChoices = publicCategoryIds.map((value) => ({ value, label: publicCategories[value].short }));
const corruptionChoices = intelligenceCategoryIds.map((value) => ({
  value,
  label: intelligenceCategories[value].short,
}));
const dueOptions = (Object.keys(dueChoices) as DueChoice[]).map((value) => ({ value, label: dueChoices[value] }));
const dispositionChoices = toChoices<DispositionKind>(dispositions);

type ListName = Exclude<keyof Counts, 'holder'>;
type ChoiceOf<Name extends ListName> = QueueQuery[Name][number];

interface ListProps<Name extends ListName> {
  readonly name: Name;
  readonly label: string;
  readonly title?: string;
  readonly choices: readonly Choice<ChoiceOf<Name>>[];
}

function ListFilter<Name extends ListName>({ name, ...shown }: ListProps<Name>) {
  const chosen: readonly ChoiceOf<Name>[] = useQueue((state) => state.query[name]);
  const [isOpen, setOpen] = useState(false);
  const counts = useCounts(isOpen);
  return (
    <ChoiceMenu
      {...shown}
      chosen={chosen}
      onChange={(next) => setQuery({ [name]: next })}
      counts={counts?.[name] as Partial<Record<ChoiceOf<Name>, number>> | undefined}
      onToggle={setOpen}
    />
  );
}

interface Props {
  readonly firstRef: RefObject<HTMLButtonElement | null>;
}

function OwnerFilter({ firstRef }: Props) {
  const holder = useQueue((state) => state.query.holder);
  const [isOpen, setOpen] = useState(false);
  const counts = useCounts(isOpen);
  return (
    <ChoiceMenu
      label="Owner"
      single
      choices={holderChoices}
      chosen={[holder]}
      onChange={([chosen]) => setQuery({ holder: chosen ?? 'anyone' })}
      counts={counts?.holder}
      onToggle={setOpen}
      buttonRef={firstRef}
      keyShortcuts={ariaKeysOf('filter')}
      title={labelWithKeys('filter')}
    />
  );
}

/** What the queue shows. Each change asks the vault at once, and draws again the one filter that it is of. */
export const QueueFilters = memo(function QueueFilters({ firstRef }: Props) {
  return (
    <>
      <OwnerFilter firstRef={firstRef} />
      <ListFilter name="due" label="Due" choices={dueOptions} />
      <ListFilter name="status" label="Status" choices={statusChoices} />
      <ListFilter name="priority" label="Priority" choices={priorityChoices} />
      <ListFilter
        name="category"
        label="Public category"
        title="Under which of the five categories the public reported"
        choices={publicChoices}
      />
      <ListFilter
        name="corruption"
        label="Corruption category"
        title="Which of the twelve corruption-intelligence categories is recorded"
        choices={corruptionChoices}
      />
      <ListFilter
        name="disposition"
        label="Disposition"
        title="Which dispositions are in force"
        choices={dispositionChoices}
      />
    </>
  );
});
