import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';
import { openAttachment } from '#renderer/state/attachment-store.ts';
import type { CaseView } from '#renderer/state/case-store.ts';
import { fileSize } from '#renderer/ui/counted.ts';
import { FilePanel } from '#renderer/ui/file-panel.tsx';
import { keyed } from '#renderer/ui/keyed.ts';
import { Section } from '#renderer/ui/section.tsx';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { LeftOutList } from './left-out-list.tsx';

const typeWords: Readonly<Record<Attachment['type'], string>> = {
  'image/jpeg': 'JPEG picture',
  'image/png': 'PNG picture',
  'application/pdf': 'PDF document',
  'text/plain': 'Text',
};

/** What came with the report: fetched and opened only when somebody means to. */
export function AttachmentList({ view }: { readonly view: CaseView }) {
  const [opened, setOpened] = useState<number | null>(null);
  const { id, referral } = view.state;
  const { attachments, leftOut } = referral;
  const load = useMemo(() => (opened === null ? null : () => openAttachment(id, opened)), [id, opened]);
  return (
    <Section title="Attachments" aside={attachments.length > 0 ? 'From the reporter: may be hostile' : undefined}>
      {attachments.length === 0 && (
        <Box sx={{ color: 'text.secondary' }}>
          {leftOut.length === 0
            ? 'None came with this referral.'
            : 'None of those that were sent came with this referral.'}
        </Box>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {keyed(attachments, ({ name }) => name).map(({ key, each: { name, type, size } }, index) => (
          <Box component="li" key={key} sx={{ display: 'flex', alignItems: 'center', gap: 1.5, minHeight: 32 }}>
            <Box
              component="bdi"
              sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
              title={visibleText(name)}
            >
              {visibleText(name)}
            </Box>
            <Box
              component="span"
              sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}
            >{`${typeWords[type]}, ${fileSize(size)}`}</Box>
            <Button variant="outlined" onClick={() => setOpened(index)} aria-label={`Open ${visibleText(name)}`}>
              Open
            </Button>
          </Box>
        ))}
      </Box>
      <LeftOutList leftOut={leftOut} />
      <FilePanel
        what="Attachment"
        name={attachments[opened ?? -1]?.name ?? ''}
        load={load}
        onClose={() => setOpened(null)}
      />
    </Section>
  );
}
