import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';
import { isSameAttachment, makeCopy, openAttachment, useCopies } from '#renderer/state/attachment-store.ts';
import type { CaseView } from '#renderer/state/case-store.ts';
import { useSession, whyNotAssess } from '#renderer/state/session-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { fileSize } from '#renderer/ui/counted.ts';
import { FilePanel } from '#renderer/ui/file-panel.tsx';
import { keyed } from '#renderer/ui/keyed.ts';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { copyCaution, fileExposureWords } from '#renderer/words/exposure.ts';
import { copiesOf, selectCopy } from '#shared/domain/sanitising/attachment-sanitised.ts';
import { selectFileExposures } from '#shared/domain/sanitising/exposure-kinds.ts';
import { removedKinds } from '#shared/domain/sanitising/removed-kinds.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { SignedBy } from '../record/standing.tsx';

interface RowProps {
  readonly view: CaseView;
  readonly index: number;
  readonly onOpen: () => void;
}

/** Who made the copy that may leave, and of what it was rid; how many there were before it. */
function CopyState({ view, index }: Omit<RowProps, 'onOpen'>) {
  const assessment = view.state;
  const copy = selectCopy(assessment, index);
  if (!copy) return <ToneLabel tone="amber">No copy yet</ToneLabel>;
  const earlier = copiesOf(assessment, index).filter((each) => each !== copy);
  return (
    <>
      <ToneLabel tone="green">{`${copy.copy.name}, ${fileSize(copy.copy.size)}`}</ToneLabel>
      <SignedBy by={copy} verb="Copy made" />
      <div>
        {copy.removed.length > 0
          ? `Removed: ${copy.removed.map((kind) => removedKinds[kind].label).join('; ')}.`
          : 'There was nothing to remove.'}
      </div>
      {earlier.length > 0 && (
        <Box component="details">
          <Box component="summary" sx={{ color: 'text.secondary', cursor: 'pointer' }}>
            {`History: ${earlier.length} superseded`}
          </Box>
          {earlier.map((each) => (
            <SignedBy key={each.entry} by={each} verb="Copy made" />
          ))}
        </Box>
      )}
    </>
  );
}

function useBlocked(view: CaseView): string | null {
  const member = useSession((state) => state.session?.member);
  const making = useCopies((state) => state.making !== null);
  const policy = usePolicy();
  if (!member) return 'The case is not open.';
  return whyNotAssess(view.summary, member, policy) ?? (making ? 'A copy is being made.' : null);
}

function CopyRow({ view, index, onOpen }: RowProps) {
  const { id, referral } = view.state;
  const blocked = useBlocked(view);
  const busy = useCopies(({ making }) => isSameAttachment(making, id, index));
  const refusal = useCopies(({ refused }) => (isSameAttachment(refused, id, index) ? refused?.why : null));
  const file = referral.attachments[index];
  if (!file) return null;
  const name = visibleText(file.name);
  const has = selectCopy(view.state, index) !== null;
  return (
    <Box component="li" aria-label={name} sx={{ py: 1, borderTop: 1, borderColor: 'divider' }}>
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1, flexWrap: 'wrap' }}>
        <Box sx={{ flex: 1, minWidth: 220, overflowWrap: 'anywhere' }}>
          <Box component="bdi" sx={{ fontWeight: 650 }}>
            {name}
          </Box>
          <Box sx={{ color: 'text.secondary' }}>
            {selectFileExposures(file)
              .map((exposure) => fileExposureWords[exposure])
              .join(' ')}
          </Box>
          <CopyState view={view} index={index} />
        </Box>
        <ReasonedButton
          variant="outlined"
          blocked={blocked}
          aria-label={`${has ? 'Make the copy again' : 'Make a sanitised copy'}: ${name}`}
          onClick={() => void makeCopy(id, index)}
        >
          {has ? 'Make the copy again' : 'Make a sanitised copy'}
        </ReasonedButton>
        {has && (
          <Button variant="outlined" aria-label={`Open the copy: ${name}`} onClick={onOpen}>
            Open the copy
          </Button>
        )}
      </Box>
      <Box role="status">
        {busy && 'Making a copy: fetching it, taking it apart, checking it. You can go on working.'}
      </Box>
      {refusal && (
        <Alert severity="error" variant="outlined" sx={{ mt: 0.75 }}>
          {refusal} The original is kept, sealed and unchanged.
        </Alert>
      )}
    </Box>
  );
}

/** Each attachment, what it may give away, and the copy of it that may leave the case. The originals stay sealed. */
export function AttachmentCopies({ view }: { readonly view: CaseView }) {
  const { id, referral } = view.state;
  const [opened, setOpened] = useState<number | null>(null);
  const load = useMemo(() => (opened === null ? null : () => openAttachment(id, opened, 'sanitised')), [id, opened]);
  if (referral.attachments.length === 0) return null;
  const copy = opened === null ? null : selectCopy(view.state, opened);
  return (
    <Box sx={{ my: 2.5 }}>
      <Section level="part" title="Sanitised copies of the attachments" aside="The originals stay sealed">
        <Alert severity="info" variant="outlined" role="note">
          {copyCaution}
        </Alert>
        <Box component="ul" aria-label="Attachments and their copies" sx={{ listStyle: 'none', m: 0, p: 0, mt: 1 }}>
          {keyed(referral.attachments, ({ name }) => name).map(({ key }, index) => (
            <CopyRow key={key} view={view} index={index} onOpen={() => setOpened(index)} />
          ))}
        </Box>
        <FilePanel what="Sanitised copy" name={copy?.copy.name ?? ''} load={load} onClose={() => setOpened(null)} />
      </Section>
    </Box>
  );
}
