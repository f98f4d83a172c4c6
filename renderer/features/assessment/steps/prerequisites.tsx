import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useSession } from '#renderer/state/session-store.ts';
import { goToStep, type StepId } from '#renderer/state/step-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { whoMay } from '#renderer/words/roles.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { DispositionKind } from '#shared/domain/disposition/dispositions.ts';
import { type Prerequisite, prerequisitesOf } from '#shared/domain/disposition/prerequisites.ts';
import { knewAll } from '#shared/domain/event/signed.ts';
import { may } from '#shared/domain/policy/policy.ts';

/** What each is called, and the step in which it is recorded. */
const asked: Readonly<Record<Prerequisite['code'], { readonly words: string; readonly step: StepId }>> = {
  'risk-first': { words: 'Whether anyone is at risk now', step: 'risk' },
  'mandatory-first': { words: 'The mandatory-referral test', step: 'mandatory' },
  'iopc-owed': { words: 'The referral that is owed to the IOPC', step: 'mandatory' },
  'item-first': { words: 'At least one item of information', step: 'items' },
  'not-chief-officer': { words: 'That the matter concerns the chief officer', step: 'mandatory' },
  'malicious-needs-e': { words: 'An item graded E, with reasons', step: 'grading' },
};

/** Until a kind is chosen: what nearly all of them ask. */
const usual: DispositionKind = 'investigate';

interface Props {
  readonly kind: DispositionKind | '';
  /** With what is being recorded. */
  readonly state: CaseState;
}

/** What is to be recorded before the disposition can be, and who may record it, before anything is typed. */
export function Prerequisites({ kind, state }: Props) {
  const policy = usePolicy();
  const role = useSession((store) => store.session?.member.role);
  const needed = prerequisitesOf(kind || usual, state, knewAll);
  const isTheirs = kind !== 'suspectedMalicious' || (role !== undefined && may(role, 'findMalicious', policy));
  if (isTheirs && needed.every(({ isMet }) => isMet)) return null;
  return (
    <Box
      role="group"
      aria-label="Needed first"
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1, mb: 1 }}
    >
      <Box sx={{ fontWeight: 550 }}>Needed first</Box>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {needed.map(({ code, isMet }) => (
          <Box component="li" key={code} sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 26 }}>
            <ToneLabel tone={isMet ? 'green' : 'amber'}>{isMet ? 'Recorded' : 'Missing'}</ToneLabel>
            {isMet ? (
              asked[code].words
            ) : (
              <Link component="button" type="button" sx={{ minHeight: 24 }} onClick={() => goToStep(asked[code].step)}>
                {asked[code].words}
              </Link>
            )}
          </Box>
        ))}
      </Box>
      {!isTheirs && (
        <Box>{`Only ${whoMay('findMalicious', policy)} can record that a report is suspected malicious.`}</Box>
      )}
    </Box>
  );
}
