import Box from '@mui/material/Box';
import type { CaseView, Signature } from '#renderer/state/case-store.ts';
import { count } from '#renderer/ui/counted.ts';
import { Section } from '#renderer/ui/section.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { When } from '#renderer/ui/when.tsx';
import { eventLabels } from '#renderer/words/event-labels.ts';
import { say } from '#renderer/words/say.ts';
import type { Activity } from '#shared/domain/case/case-state.ts';
import { dispositions } from '#shared/domain/disposition/dispositions.ts';
import type { DomainEvent } from '#shared/domain/registry/registry.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

type Late = CaseView['late'][number];

const dispositionOf = ({ state }: CaseView, { entry }: Activity) =>
  state.dispositions.find((disposition) => disposition.entry === entry);

function whatOf(activity: Activity, view: CaseView): string {
  const disposition = dispositionOf(view, activity);
  const label = eventLabels[activity.type];
  return disposition ? `${label}: ${dispositions[disposition.chosen.kind].label}` : label;
}

function SignatureMark({
  signature,
  position,
}: {
  readonly signature: Signature | undefined;
  readonly position: number | null;
}) {
  if (signature === 'verified')
    return <span>{position === null ? 'Verified' : `Verified, entry ${count(position)}`}</span>;
  if (signature === 'waiting') return <span>Saved here, waiting to sync</span>;
  if (signature === 'checking') return <span>Signature being checked</span>;
  return <ToneLabel tone="red">Signature does not verify</ToneLabel>;
}

function ActivityLine({ activity, view }: { readonly activity: Activity; readonly view: CaseView }) {
  const { at, by, entry, position, refused } = activity;
  // Superseded dispositions keep their reasons on view: nothing that was signed is hidden.
  const handedOn = view.state.continues.find((each) => each.entry === entry);
  const reasons = dispositionOf(view, activity)?.rationale ?? handedOn?.why;
  return (
    <Box component="li" sx={{ mb: 1, overflowWrap: 'anywhere' }}>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Box component="span" sx={{ flex: 1, fontWeight: 550 }}>
          {whatOf(activity, view)}
        </Box>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          <When at={at} />
        </Box>
      </Box>
      <Box sx={{ color: 'text.secondary', display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <span>{by ? (view.names[by] ?? 'A former member') : 'Central endpoint'}</span>
        <span aria-hidden>·</span>
        <SignatureMark signature={view.signatures[entry]} position={position} />
      </Box>
      {reasons && <Box sx={{ mt: 0.25, whiteSpace: 'pre-wrap', maxWidth: '70ch' }}>{visibleText(reasons)}</Box>}
      {refused && <Box sx={{ mt: 0.25 }}>{`Refused, and changed nothing: ${say(refused)}`}</Box>}
    </Box>
  );
}

const whyLate: Readonly<Record<Late['because'], string>> = {
  'handed-on': 'Came in after the case was handed on, and changed nothing.',
  'author-not-in-force':
    'Came in when its author was no member in force any more, and changed nothing. If it holds, record it yourself.',
};

/** What it says in words, where it says anything so. */
function wordsOf(data: unknown): string | null {
  const { rationale, why, text } = data as Readonly<Record<string, unknown>>;
  const words = rationale ?? why ?? text;
  return typeof words === 'string' ? words : null;
}

/** Where it says that somebody is in danger. */
function dangerOf({ type, data }: DomainEvent): string | null {
  if (type === 'risk.assessed' && data.atRiskNow === 'yes') return 'Says that someone is at risk now';
  const isSafeguarded = type === 'disposition.recorded' && data.chosen.kind === 'safeguard' && !data.chosen.ended;
  return isSafeguarded ? 'Says that somebody is to be safeguarded' : null;
}

/** What changed nothing because of when it came in. */
function LateLine({ late, view }: { readonly late: Late; readonly view: CaseView }) {
  const { by, position, said, because } = late;
  const words = said && wordsOf(said.is.data);
  const danger = said && dangerOf(said.is);
  return (
    <Box component="li" sx={{ mb: 1, overflowWrap: 'anywhere' }}>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Box component="span" sx={{ flex: 1, fontWeight: 550 }}>
          {said ? eventLabels[said.is.type] : 'An entry that cannot be read here'}
        </Box>
        {said && (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            <When at={said.is.at} />
          </Box>
        )}
      </Box>
      <Box sx={{ color: 'text.secondary', display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <span>{by ? (view.names[by] ?? 'A former member') : 'Central endpoint'}</span>
        {position !== null && (
          <>
            <span aria-hidden>·</span>
            <span>{`Entry ${count(position)}`}</span>
          </>
        )}
      </Box>
      {danger && <ToneLabel tone="red">{danger}</ToneLabel>}
      {words && <Box sx={{ mt: 0.25, whiteSpace: 'pre-wrap', maxWidth: '70ch' }}>{visibleText(words)}</Box>}
      <Box sx={{ mt: 0.25 }}>{whyLate[because]}</Box>
    </Box>
  );
}

const isLate = (each: Activity | Late): each is Late => 'said' in each;
/** What waits stands behind all that is confirmed. */
const place = ({ position }: Activity | Late): number => position ?? Number.MAX_SAFE_INTEGER;

/** Who did what, when, and whether it is proved. The newest first. */
export function ActivitySection({ view }: { readonly view: CaseView }) {
  const all = [...view.state.activity, ...view.late].sort((one, other) => place(one) - place(other)).reverse();
  return (
    <Section title="Activity" aside="Newest first">
      <Box component="ol" reversed sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {all.map((each) =>
          isLate(each) ? (
            <LateLine key={each.entry} late={each} view={view} />
          ) : (
            <ActivityLine key={each.entry} activity={each} view={view} />
          ),
        )}
      </Box>
    </Section>
  );
}
