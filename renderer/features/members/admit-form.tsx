import Alert from '@mui/material/Alert';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import LinearProgress from '@mui/material/LinearProgress';
import Paper from '@mui/material/Paper';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { admitMember, judgePassphrase, useMembers } from '#renderer/state/members-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { GradeIn } from '#renderer/ui/grade-in.tsx';
import { NewPassphrase, usePassphrase } from '#renderer/ui/new-passphrase.tsx';
import { PassphraseField } from '#renderer/ui/passphrase-field.tsx';
import { PersonName } from '#renderer/ui/person-name.tsx';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { gradeChoices, noGrade, toGrade } from '#renderer/words/grades.ts';
import { unfitName } from '#renderer/words/names.ts';
import { type Action, may, type Policy, type Role, roleIds, roles } from '#shared/domain/policy/policy.ts';

/** What tells one role from another; the unit's policy says who may. */
const acts: readonly (readonly [Action, string])[] = [
  ['takeCase', 'takes cases'],
  ['assess', 'records decisions'],
  ['releaseOthers', 'releases others’ cases'],
  ['changePolicy', 'changes policy'],
  ['admitMember', 'admits members'],
];

function roleMeans(role: Role, policy: Policy): string {
  const means = acts.filter(([action]) => may(role, action, policy)).map(([, words]) => words);
  return means.length > 0 ? means.join(', ') : 'reads, changes nothing';
}

/** The supervisor who signs too, once the unit has had two: another than the one who is at work here. */
function useSecond() {
  const seconds = useMembers((state) => state.seconds);
  const [chosen, setSlot] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const slot = chosen ?? seconds?.[0]?.id ?? null;
  const missing = seconds?.length === 0 ? 'A second supervisor must have a key on this workstation.' : null;
  const unsigned = passphrase === '' ? 'The second supervisor enters their passphrase.' : null;
  return {
    ...{ seconds, slot, setSlot, passphrase, setPassphrase },
    blocked: seconds ? (missing ?? unsigned) : null,
    given: seconds && slot ? { slot, passphrase } : null,
    clear: () => setPassphrase(''),
  };
}

function SecondSupervisor({
  second: { seconds, slot, setSlot, passphrase, setPassphrase },
}: {
  readonly second: ReturnType<typeof useSecond>;
}) {
  if (!seconds) return null;
  return (
    <FormControl component="fieldset" sx={{ mb: 2, display: 'flex' }}>
      <FormLabel component="legend" sx={{ fontSize: 13 }}>
        Second supervisor, who signs too
      </FormLabel>
      {seconds.length === 0 ? (
        <Typography sx={{ my: 1 }}>
          This unit has had two supervisors, so an admission takes two. No other supervisor has a key on this
          workstation.
        </Typography>
      ) : (
        <>
          <RadioGroup
            aria-label="Second supervisor"
            value={slot}
            onChange={(_, value) => setSlot(value)}
            sx={{ mb: 1, flexWrap: 'nowrap', '& .MuiFormControlLabel-label': { minWidth: 0 } }}
          >
            {seconds.map(({ id, name }) => (
              <FormControlLabel
                key={id}
                value={id}
                control={<Radio size="small" />}
                label={<PersonName name={name} />}
              />
            ))}
          </RadioGroup>
          <PassphraseField label="Passphrase of the second supervisor" value={passphrase} onChange={setPassphrase} />
        </>
      )}
    </FormControl>
  );
}

const usualRole: Role = 'analyst';

function useAdmission() {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>(usualRole);
  const [chosen, setChosen] = useState(noGrade);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const passphrase = usePassphrase(judgePassphrase, name);
  const second = useSecond();
  const grade = toGrade(chosen);
  const ungraded = grade ? null : 'Choose officer or staff, and the rank or equal grade.';
  const unnamed = unfitName(name, "Enter the member's name.");
  const blocked = unnamed ?? ungraded ?? passphrase.blocked ?? second.blocked;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (blocked || !grade) return setTrouble(blocked);
    setBusy(true);
    const member = { name: name.trim(), role, grade, passphrase: passphrase.value };
    const refusal = await admitMember(second.given ? { ...member, second: second.given } : member);
    second.clear();
    setBusy(false);
    setTrouble(refusal);
    if (refusal) return;
    // What was typed meanwhile is of the next.
    setName((now) => (now === name ? '' : now));
    // The next one is no supervisor because the last one was.
    setRole(usualRole);
    setChosen(noGrade);
    passphrase.clear();
  };
  return { name, setName, role, setRole, chosen, setChosen, busy, trouble, passphrase, second, submit };
}

export function AdmitForm() {
  const policy = usePolicy();
  const { name, setName, role, setRole, chosen, setChosen, busy, trouble, passphrase, second, submit } = useAdmission();
  return (
    <Paper
      component="form"
      variant="outlined"
      noValidate
      aria-labelledby="admit"
      onSubmit={(event) => void submit(event)}
      sx={{ p: 2 }}
    >
      <Typography id="admit" variant="h2" sx={{ fontSize: 15, mb: 0.5 }}>
        Admit a member
      </Typography>
      <Typography sx={{ mb: 1.5 }}>
        They sit here now and choose their own passphrase, which nobody else sees.
      </Typography>
      {trouble && (
        <Alert severity="error" variant="outlined" sx={{ mb: 1.5 }}>
          {trouble}
        </Alert>
      )}
      <TextField label="Name" value={name} onChange={(event) => setName(event.target.value)} sx={{ mb: 1.5 }} />
      <FormControl sx={{ mb: 2 }}>
        <FormLabel sx={{ fontSize: 13 }}>Role</FormLabel>
        <RadioGroup value={role} onChange={(_, value) => setRole(roleIds.find((id) => id === value) ?? role)}>
          {roleIds.map((id) => (
            <FormControlLabel
              key={id}
              value={id}
              control={<Radio size="small" />}
              label={`${roles[id].label}: ${roleMeans(id, policy)}`}
            />
          ))}
        </RadioGroup>
      </FormControl>
      <GradeIn {...gradeChoices} value={chosen} onChange={setChosen} />
      <NewPassphrase passphrase={passphrase} />
      <SecondSupervisor second={second} />
      <ReasonedButton type="submit" variant="contained" blocked={busy ? 'Making the keys.' : null}>
        Admit
      </ReasonedButton>
      {busy && <LinearProgress aria-label="Making the keys" sx={{ mt: 1.5 }} />}
    </Paper>
  );
}
