import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Section } from '#renderer/ui/section.tsx';
import { When } from '#renderer/ui/when.tsx';
import { defaultOf, type Setting, settings, standingWords } from '#renderer/words/unit-policy.ts';
import type { Policy } from '#shared/domain/policy/policy.ts';
import type { PolicyChange, UnitRecord } from '#shared/domain/unit/unit-record.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

/** Since when, and by whom: the last change that names it. */
function Since({ change, record }: { readonly change: PolicyChange | undefined; readonly record: UnitRecord }) {
  if (!change) return <>From the start</>;
  const name = change.by && record.names.members[change.by];
  return (
    <>
      <When at={change.at} full />
      {`, ${visibleText(name ?? 'a member without a name')}`}
      {change.position === null && ' (waiting to sync)'}
    </>
  );
}

interface Props {
  readonly record: UnitRecord;
  readonly policy: Policy;
}

function SettingRow({ setting, record, policy }: Props & { readonly setting: Setting }) {
  const { label, source, standing, value, isIn } = setting;
  const usual = defaultOf(setting);
  const now = value(policy);
  return (
    <TableRow>
      <TableCell component="th" scope="row">
        {label}
      </TableCell>
      <TableCell sx={{ fontWeight: now === usual ? 400 : 650, overflowWrap: 'anywhere' }}>{visibleText(now)}</TableCell>
      <TableCell>{usual}</TableCell>
      <TableCell>
        {source}
        <Box component="span" sx={{ color: 'text.secondary' }}>{` (${standingWords[standing].toLowerCase()})`}</Box>
      </TableCell>
      <TableCell>
        <Since change={record.policyChanges.findLast(({ changes }) => isIn(changes))} record={record} />
      </TableCell>
    </TableRow>
  );
}

const groups = [...new Set(settings.map(({ group }) => group))];

/** Each setting: what is in force, what the program brings, where that comes from, since when and by whom. */
export function SettingTable({ record, policy }: Props) {
  return (
    <>
      {groups.map((group) => (
        <Section key={group} title={group}>
          <Table
            size="small"
            aria-label={group}
            sx={{
              tableLayout: 'fixed',
              '& td, & th': { verticalAlign: 'top', px: 1 },
              '& time': { whiteSpace: 'normal' },
            }}
          >
            <TableHead>
              <TableRow>
                <TableCell sx={{ width: '23%' }}>Setting</TableCell>
                <TableCell sx={{ width: '16%' }}>In force</TableCell>
                <TableCell sx={{ width: '15%' }}>Default</TableCell>
                <TableCell>Source of the default</TableCell>
                <TableCell sx={{ width: '19%' }}>Since</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {settings
                .filter((setting) => setting.group === group)
                .map((setting) => (
                  <SettingRow key={setting.id} setting={setting} record={record} policy={policy} />
                ))}
            </TableBody>
          </Table>
        </Section>
      ))}
    </>
  );
}
