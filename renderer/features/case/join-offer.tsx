import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { type FormEvent, useState } from 'react';
import { joinReferral } from '#renderer/state/by-hand-store.ts';
import type { CaseView } from '#renderer/state/case-store.ts';
import { discardDraft, editDraft, useDrafts } from '#renderer/state/draft-store.ts';
import { openCase } from '#renderer/state/screen-store.ts';
import { useSession, whyNotAssess } from '#renderer/state/session-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { policySubjects } from '#renderer/words/policy-log.ts';
import { recordedBeforeJoin } from '#shared/domain/case/recorded-before-join.ts';

type ToJoin = CaseView['toJoin'][number];

function To({ id, reference }: ToJoin['case']) {
  return (
    <Link component="button" type="button" onClick={() => void openCase(id)} sx={{ font: 'inherit' }}>
      {reference}
    </Link>
  );
}

/** Of the case that was opened by hand: who has that may join. */
function JoinForm({ offer, view }: { readonly offer: ToJoin; readonly view: CaseView }) {
  const { case: opened, referral } = offer;
  // True of every offer: the vault makes it by nothing else.
  const usual = `${referral.reference} is the reference that was given here for it.`;
  const key = `join.${referral.id}`;
  const draft = useDrafts(({ drafts }) => drafts[key]?.value);
  const why = typeof draft === 'string' ? draft : usual;
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const member = useSession((state) => state.session?.member);
  const policy = usePolicy();
  const blocked = member ? whyNotAssess(view.summary, member, policy) : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (saving) return;
    setSaving(true);
    const refused = await joinReferral(opened.id, referral.id, why);
    if (refused === null) await discardDraft(key);
    setProblem(refused);
    setSaving(false);
  };
  return (
    <Box component="form" noValidate onSubmit={(event) => void submit(event)} sx={{ display: 'grid', gap: 1, mt: 1 }}>
      <TextIn
        label="Why they are one"
        value={why}
        onChange={(next) => editDraft(key, next)}
        problem={problem}
        still={saving}
      />
      <Box>
        <ReasonedButton type="submit" variant="contained" blocked={saving ? 'Saving.' : blocked}>
          {`Join ${referral.reference}`}
        </ReasonedButton>
      </Box>
    </Box>
  );
}

function Offer({ offer, view }: { readonly offer: ToJoin; readonly view: CaseView }) {
  const { case: opened, referral } = offer;
  const isOpened = view.summary.id === opened.id;
  return (
    <Alert severity="info" variant="outlined" sx={{ m: 1, '& .MuiAlert-message': { flex: 1, minWidth: 0 } }}>
      {isOpened ? (
        <>
          {'Referral '}
          <To {...referral} />
          {' has arrived. Join it? One case, with both texts and the earlier clock.'}
          <JoinForm offer={offer} view={view} />
        </>
      ) : (
        <>
          {'Case '}
          <To {...opened} />
          {` was opened by hand ahead of this referral. Join this to it? `}
          <Button size="small" onClick={() => void openCase(opened.id)}>
            {`Go to ${opened.reference}`}
          </Button>
        </>
      )}
    </Alert>
  );
}

/** What may be one with this case, and where it went if it was joined: before everything else. */
export function Joining({ view }: { readonly view: CaseView }) {
  const [into] = view.state.joinedInto;
  const last = view.state.joined.at(-1);
  const before = [...new Set(recordedBeforeJoin(view.state).map((kind) => policySubjects[kind]))];
  return (
    <>
      {into && (
        <Alert severity="info" variant="outlined" sx={{ m: 1 }}>
          {'This referral was joined to '}
          <To id={into.case} reference={into.reference} />
          {', with its text. Decide there: here only what protects somebody is recorded.'}
        </Alert>
      )}
      {last && before.length > 0 && (
        <Alert severity="warning" variant="outlined" sx={{ m: 1 }}>
          {`Recorded before ${last.reference} was joined, without its text: ${before.join(', ')}. Record again what it changes.`}
        </Alert>
      )}
      {view.toJoin.map((offer) => (
        <Offer key={`${offer.case.id} ${offer.referral.id}`} offer={offer} view={view} />
      ))}
    </>
  );
}
