import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { everyEntry, filterLog, useLog } from '#renderer/state/log-store.ts';
import { useUnit } from '#renderer/state/unit-store.ts';
import { isWhole } from '#renderer/ui/london-input.ts';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import { eventLabels } from '#renderer/words/event-labels.ts';
import type { EventType } from '#shared/domain/registry/registry.ts';

const kinds = (Object.entries(eventLabels) as [EventType, string][])
  .map(([value, label]) => ({ value, label }))
  .sort((one, other) => one.label.localeCompare(other.label, 'en-GB'));

/** A reference is looked for once it is whole: with Enter, or when the field is left. */
function ReferenceFilter() {
  const wanted = useLog(({ filter }) => filter.reference) ?? '';
  const [typed, setTyped] = useState(wanted);
  const apply = () => {
    if (typed.trim() !== wanted) void filterLog({ reference: typed.trim() || null });
  };
  return (
    <Box
      component="form"
      role="search"
      aria-label="By case"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
      onBlur={apply}
      sx={{ width: 180 }}
    >
      <TextIn label="Case reference" value={typed} onChange={setTyped} most={40} />
    </Box>
  );
}

/** A day is looked for once it is whole. */
function DayFilter() {
  const wanted = useLog(({ filter }) => filter.day);
  const [typed, setTyped] = useState(wanted ?? '');
  const change = (next: string) => {
    setTyped(next);
    const day = isWhole(next, 'day') ? next : null;
    if (day !== wanted) void filterLog({ day });
  };
  return <WhenIn label="Day it came in" kind="day" value={typed} onChange={change} />;
}

/** What of the log is shown. */
export function LogFilters() {
  const filter = useLog((state) => state.filter);
  const members = useUnit((state) => state.members);
  const names = useUnit(({ record }) => record.names.members);
  const people = members.map(({ id }) => ({ value: id, label: names[id] ?? 'Not named yet' }));
  const isAll = Object.values(filter).every((each) => each === null);
  const [cleared, setCleared] = useState(0);
  const clear = () => {
    setCleared(cleared + 1);
    void filterLog(everyEntry);
  };
  return (
    <Box
      role="group"
      aria-label="Show only"
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'flex-start', pt: 1, mb: 1.5 }}
    >
      <SelectIn
        label="Member"
        none="Everybody"
        options={people}
        value={filter.member ?? ''}
        onChange={(member) => void filterLog({ member: member || null })}
        width={200}
      />
      <SelectIn
        label="What"
        none="Everything"
        options={kinds}
        value={filter.kind ?? ''}
        onChange={(kind) => void filterLog({ kind: kind || null })}
        width={260}
      />
      <ReferenceFilter key={cleared} />
      <DayFilter key={`day ${cleared}`} />
      {!isAll && (
        <Button variant="outlined" onClick={clear} sx={{ minHeight: 36 }}>
          Show everything
        </Button>
      )}
    </Box>
  );
}
