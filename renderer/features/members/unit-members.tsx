import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useSession } from '#renderer/state/session-store.ts';
import { useUnit } from '#renderer/state/unit-store.ts';
import { PersonName } from '#renderer/ui/person-name.tsx';
import { sayGrade } from '#renderer/words/grades.ts';
import { roles } from '#shared/domain/policy/policy.ts';
import type { Standing } from '#shared/domain/unit/roster.ts';
import { ranksAt } from '#shared/domain/unit/unit-record.ts';

const standingWords: Readonly<Record<Standing, string>> = {
  inForce: 'In force',
  suspended: 'Suspended',
  ended: 'Ended',
};

/** Who belongs to the unit, and of which rank or grade. */
export function UnitMembers() {
  const members = useUnit((state) => state.members);
  const record = useUnit((state) => state.record);
  const own = useSession((state) => state.session?.member.id);
  const grades = ranksAt(record, null);
  return (
    <Table size="small" aria-label="Members of the unit">
      <TableHead>
        <TableRow>
          <TableCell>Name</TableCell>
          <TableCell>Role</TableCell>
          <TableCell>Rank or grade</TableCell>
          <TableCell>Membership</TableCell>
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
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
