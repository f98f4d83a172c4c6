import Alert from '@mui/material/Alert';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { useSession } from '#renderer/state/session-store.ts';
import { recordOfUnit, useUnit } from '#renderer/state/unit-store.ts';
import { GradeIn } from '#renderer/ui/grade-in.tsx';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { SelectIn } from '#renderer/ui/select-in.tsx';
import { gradeChoices, noGrade, sayGrade, toGrade } from '#renderer/words/grades.ts';
import { say } from '#renderer/words/say.ts';
import type { MemberId } from '#shared/kernel/ids.ts';

/** A supervisor records another member's rank or equal grade, as it is from now on. */
export function RankForm() {
  const own = useSession((state) => state.session?.member.id);
  const members = useUnit((state) => state.members);
  const names = useUnit((state) => state.record.names.members);
  const [member, setMember] = useState<MemberId | ''>('');
  const [chosen, setChosen] = useState(noGrade);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const others = members
    .filter(({ id, standing }) => id !== own && standing !== 'ended')
    .map(({ id }) => ({ value: id, label: names[id] ?? id }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const grade = toGrade(chosen);
    if (busy) return;
    if (!member || !grade) return setTrouble('Choose the member, officer or staff, and the rank or equal grade.');
    setBusy(true);
    const done = `${names[member] ?? 'Member'}: ${sayGrade(grade)}. Saved here.`;
    const refusal = await recordOfUnit({ type: 'member.ranked', data: { member, ...grade } }, done);
    setBusy(false);
    setTrouble(refusal && say(refusal));
    if (refusal) return;
    // What was chosen meanwhile is for the next.
    setMember((now) => (now === member ? '' : now));
    setChosen((now) => (now === chosen ? noGrade : now));
  };
  return (
    <Paper
      component="form"
      variant="outlined"
      noValidate
      aria-labelledby="rank"
      onSubmit={(event) => void submit(event)}
      sx={{ p: 2, display: 'grid', gap: 1.5 }}
    >
      <Typography id="rank" variant="h2" sx={{ fontSize: 15 }}>
        Record a rank
      </Typography>
      <Typography>For another member. Your own is recorded by another supervisor.</Typography>
      {trouble && (
        <Alert severity="error" variant="outlined">
          {trouble}
        </Alert>
      )}
      <SelectIn label="Member" options={others} value={member} onChange={setMember} />
      <GradeIn {...gradeChoices} value={chosen} onChange={setChosen} />
      <div>
        <ReasonedButton type="submit" variant="outlined" blocked={busy ? 'Saving.' : null}>
          Record the rank
        </ReasonedButton>
      </div>
    </Paper>
  );
}
