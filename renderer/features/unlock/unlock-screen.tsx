import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { PassphraseField } from '#renderer/ui/passphrase-field.tsx';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { MemberChoice } from './member-choice.tsx';
import type { UnlockPort } from './unlock-port.ts';

/** Whole seconds until an instant; 0 once it has passed. By the clock that the time of the system does not change. */
function useCountdown(until: number): number {
  const [now, setNow] = useState(() => performance.now());
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  useEffect(() => {
    setNow(performance.now());
    if (until <= performance.now()) return;
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}

const untilWords = (seconds: number) => (seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} s`);

function whyBlocked(slot: string, passphrase: string, left: number): string | null {
  if (!slot) return 'Choose who you are.';
  if (left > 0) return `Wait ${untilWords(left)} before the next attempt.`;
  return passphrase ? null : 'Enter your passphrase.';
}

interface Refused {
  readonly why: string;
  /** No attempt is taken before. */
  readonly until: number;
}

function useUnlockForm({ slots, unlock }: UnlockPort) {
  // Nobody enters their passphrase for another because that one stood first.
  const [slot, setSlot] = useState(slots.length === 1 ? (slots[0]?.id ?? '') : '');
  const [passphrase, setPassphrase] = useState('');
  const [shownAt] = useState(() => performance.now());
  const [refusals, setRefusals] = useState<ReadonlyMap<string, Refused>>(new Map());
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const wait = slots.find(({ id }) => id === slot)?.wait ?? 0;
  const left = useCountdown(refusals.get(slot)?.until ?? shownAt + wait);
  const blocked = whyBlocked(slot, passphrase, left);

  const choose = (id: string) => {
    setSlot(id);
    setPassphrase('');
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTrouble(blocked);
    if (busy || blocked) return;
    setBusy(true);
    const unlocked = await unlock(slot, passphrase);
    // On success this screen is gone already.
    if (unlocked.ok) return;
    const { why, wait: next } = unlocked.error;
    setRefusals(new Map(refusals).set(slot, { why, until: performance.now() + next }));
    setPassphrase((now) => (now === passphrase ? '' : now));
    setBusy(false);
    field.current?.focus();
  };
  return {
    slot,
    choose,
    passphrase,
    setPassphrase,
    trouble: refusals.get(slot)?.why ?? trouble,
    busy,
    left,
    blocked,
    submit,
    field,
  };
}

/** The only thing that a locked workbench shows. */
export function UnlockScreen(port: UnlockPort) {
  const form = useUnlockForm(port);
  const member = port.slots.find(({ id }) => id === form.slot);
  const demo = member ? (port.demoPassphrases?.[member.name] ?? null) : null;
  return (
    <Box component="main" sx={{ m: 'auto', width: 400, maxWidth: '100%', p: 2 }}>
      <Typography variant="h1" sx={{ mb: port.unit ? 0 : 1.5 }}>
        Unlock Probity
      </Typography>
      {port.unit && (
        <Typography sx={{ mb: 1.5, fontWeight: 650, overflowWrap: 'anywhere' }}>{visibleText(port.unit)}</Typography>
      )}
      {port.lockedBecause && (
        <Alert severity="info" variant="outlined" sx={{ mb: 1.5, whiteSpace: 'pre-line' }}>
          {port.lockedBecause}
        </Alert>
      )}
      <Paper component="form" variant="outlined" onSubmit={(event) => void form.submit(event)} sx={{ p: 2 }}>
        <MemberChoice slots={port.slots} chosen={form.slot} onChoose={form.choose} />
        <Box sx={{ mt: 2 }}>
          <PassphraseField
            label="Passphrase"
            value={form.passphrase}
            onChange={form.setPassphrase}
            error={form.trouble}
            inputRef={form.field}
            autoFocus={form.slot !== ''}
          />
        </Box>
        {form.left > 0 && (
          <Typography role="timer" aria-live="off" sx={{ mb: 1 }}>
            {`Next attempt in ${untilWords(form.left)}.`}
          </Typography>
        )}
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <ReasonedButton type="submit" variant="contained" blocked={form.busy ? 'Unlocking.' : form.blocked}>
            Unlock
          </ReasonedButton>
          {demo && <Button onClick={() => form.setPassphrase(demo)}>Use the demo passphrase</Button>}
        </Box>
        <Box sx={{ minHeight: 28, mt: 1 }} role="status">
          {form.busy && (
            <>
              <Typography variant="caption">Deriving the key. This takes a second or two on purpose.</Typography>
              <LinearProgress aria-label="Deriving the key" sx={{ mt: 0.5 }} />
            </>
          )}
        </Box>
      </Paper>
      <Typography variant="caption" component="p" sx={{ mt: 1, color: 'text.secondary' }}>
        {port.demoPassphrases ? 'A unit of invented people and referrals. ' : ''}A forgotten passphrase cannot be
        recovered: a supervisor admits you again.
      </Typography>
    </Box>
  );
}
