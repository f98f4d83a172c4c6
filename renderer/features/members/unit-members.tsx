import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useMembers } from '#renderer/state/members-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { useUnit } from '#renderer/state/unit-store.ts';
import { toLondonDay } from '#renderer/ui/london-input.ts';
import { PersonName } from '#renderer/ui/person-name.tsx';
import { shortDay } from '#renderer/ui/time.ts';
import { When } from '#renderer/ui/when.tsx';
import { sayGrade } from '#renderer/words/grades.ts';
import { roles } from '#shared/domain/policy/policy.ts';
import type { Standing } from '#shared/domain/unit/roster.ts';
import { ranksAt } from '#shared/domain/unit/unit-record.ts';
import type { MemberId } from '#shared/kernel/ids.ts';

const standingWords: Readonly<Record<Standing, string>> = {
  inForce: 'In force',
  suspended: 'Suspended',
  ended: 'Ended',
};

/** Who signed the admission of a member. */
function AdmittedBy({ id }: { readonly id: MemberId }) {
  const by = useMembers(({ histories }) => histories?.of[id]?.admittedBy);
  const names = useUnit(({ record }) => record.names.members);
  if (!by) return null;
  if (by.length === 0) return <>Founded the unit</>;
  return <PersonName name={by.map((each) => names[each] ?? 'A former member').join(' and ')} />;
}

/** When a member last opened the vault, on any workstation that has synced since. */
function LastUnlock({ id }: { readonly id: MemberId }) {
  const histories = useMembers((state) => state.histories);
  const at = histories?.of[id]?.lastUnlock;
  if (!histories) return null;
  if (at) return <When at={at} />;
  return <>{histories.since === null ? 'Not yet' : `Not since ${shortDay(toLondonDay(histories.since))}`}</>;
}

/** Who belongs to the unit, of which rank or grade, by whom admitted, and when they last unlocked. */
export function UnitMembers() {
  const members = useUnit((state) => state.members);
  const record = useUnit((state) => state.record);
  const own = useSession((state) => state.session?.member.id);
  const grades = ranksAt(record, null);
  return (
    <Table size="small" aria-label="Members of the unit" sx={{ '& td, & th': { px: 1 } }}>
      <TableHead>
        <TableRow>
          <TableCell>Name</TableCell>
          <TableCell>Role</TableCell>
          <TableCell>Rank or grade</TableCell>
          <TableCell>Membership</TableCell>
          <TableCell>Admitted by</TableCell>
          <TableCell>Last unlock</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {members.map(({ id, role, standing }) => {
          const grade = grades[id];
          return (
            <TableRow key={id}>
              <TableCell sx={{ width: '100%', maxWidth: 0 }}>
                <PersonName name={record.names.members[id] ?? 'Not named yet'} after={id === own ? ' (you)' : ''} />
              </TableCell>
              <TableCell>{roles[role].label}</TableCell>
              <TableCell>{grade ? sayGrade(grade) : 'Not recorded'}</TableCell>
              <TableCell>{standingWords[standing]}</TableCell>
              <TableCell sx={{ maxWidth: 160 }}>
                <AdmittedBy id={id} />
              </TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>
                <LastUnlock id={id} />
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
