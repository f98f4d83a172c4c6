import { useSession } from '#renderer/state/session-store.ts';
import { useUnit } from '#renderer/state/unit-store.ts';
import { ChoiceIn } from '#renderer/ui/choice-in.tsx';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { decidedBy, provisionally } from '#renderer/words/policy-log.ts';
import { type Capacity, capacities } from '#shared/domain/misconduct/capacity.ts';
import { mayDecideOn, type SubjectRankId, subjectRanks } from '#shared/domain/misconduct/subject-ranks.ts';
import { ranksAt } from '#shared/domain/unit/unit-record.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import type { Field } from '../form/fields.ts';
import { AuthorityIn } from '../form/text-fields.tsx';

import { optionsOf } from '../options.ts';

/** What a form holds of whom a matter concerns, and in what capacity that is said. */
export interface CapacityForm {
  readonly subjectRank: SubjectRankId | '';
  readonly capacity: Capacity | '';
  readonly authority: string;
}

interface Recorded {
  readonly subjectRank: SubjectRankId;
  readonly capacity: Capacity;
  readonly authority: string | null;
}

const ranks = optionsOf(subjectRanks);
const all = optionsOf(capacities);

/** What stands in the form at first: as whoever has the vault open may record it. */
export function useCapacity(latest: Omit<Recorded, 'capacity'> | null): CapacityForm {
  const member = useSession(({ session }) => session?.member.id);
  const grade = useUnit(({ record }) => (member ? ranksAt(record, null)[member] : undefined));
  const subjectRank = latest?.subjectRank ?? 'other';
  const capacity = mayDecideOn(subjectRank, grade) ? 'delegate' : 'provisional';
  return { subjectRank, capacity, authority: latest?.authority ?? '' };
}

type FieldsProps = { readonly [Name in keyof CapacityForm]: Field<CapacityForm[Name]> };

/** Whom it concerns, in what capacity, and who decided. */
export function CapacityFields({ subjectRank, capacity, authority }: FieldsProps) {
  const rank = subjectRank.value && subjectRanks[subjectRank.value];
  return (
    <>
      <SelectIn
        label="The subject is"
        options={ranks}
        width={420}
        help={rank ? `${rank.means} The authority is ${rank.authority}.` : undefined}
        {...subjectRank}
      />
      <ChoiceIn label="Recorded" options={all} {...capacity} />
      {capacity.value === 'investigator' ? (
        <TextIn label="Appointed by" {...authority} />
      ) : (
        <AuthorityIn {...authority} />
      )}
    </>
  );
}

/** "Provisional: Conduct matter. Decided by DCI Lowe." */
export function SaidInCapacity({ label, said }: { readonly label: string; readonly said: Recorded }) {
  const { label: who, authority } = subjectRanks[said.subjectRank];
  return (
    <>
      <b>{`${provisionally(said)}${label}`}</b>
      {`. Subject: ${who.toLowerCase()}. The authority is ${authority}.`}
      {visibleText(decidedBy(said))}
    </>
  );
}
