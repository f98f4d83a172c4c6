import Close from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { openAttachment } from '#renderer/state/open-attachment.ts';
import { ScreenMessage } from '#renderer/ui/screen-message.tsx';
import { visibleText } from '#renderer/ui/visible-text.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { planShowing, type Shown } from './attachment-content.ts';

interface Props {
  readonly id: StreamId;
  /** Null: nothing is open. */
  readonly index: number | null;
  readonly name: string;
  readonly onClose: () => void;
}

type Content = { readonly shown: Shown; readonly url: string | null };

/** Picture bytes get an address that only this window can use, and only until the panel closes. */
function useContent(id: StreamId, index: number): Content | null {
  const [content, setContent] = useState<Content | null>(null);
  useEffect(() => {
    let wanted = true;
    let url: string | null = null;
    const show = async () => {
      const opened = await openAttachment(id, index);
      if (!wanted) return;
      if (!opened.ok) return setContent({ shown: { as: 'nothing', why: opened.error }, url: null });
      const { type, bytes } = opened.value;
      const shown = planShowing(type, bytes);
      if (shown.as === 'image') url = URL.createObjectURL(new Blob([bytes], { type: shown.type }));
      setContent({ shown, url });
    };
    void show();
    return () => {
      wanted = false;
      if (url) URL.revokeObjectURL(url);
    };
  }, [id, index]);
  return content;
}

function AttachmentContent({
  id,
  index,
  name,
}: {
  readonly id: StreamId;
  readonly index: number;
  readonly name: string;
}) {
  const content = useContent(id, index);
  if (!content) return <ScreenMessage busy title="Opening the attachment" />;
  const { shown, url } = content;
  if (shown.as === 'nothing') return <ScreenMessage title="Not shown">{shown.why}</ScreenMessage>;
  if (shown.as === 'image' && url) {
    return (
      <Box
        component="img"
        src={url}
        alt={`Attachment ${visibleText(name)}`}
        sx={{ maxWidth: '100%', display: 'block' }}
      />
    );
  }
  if (shown.as === 'text') {
    return (
      <Box
        component="pre"
        tabIndex={0}
        data-scrolls
        sx={{
          m: 0,
          fontFamily: 'inherit',
          fontSize: 14,
          lineHeight: 1.6,
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          maxWidth: '72ch',
        }}
      >
        {visibleText(shown.text)}
      </Box>
    );
  }
  return null;
}

export function AttachmentPanel({ id, index, name, onClose }: Props) {
  return (
    <Drawer
      anchor="right"
      open={index !== null}
      onClose={onClose}
      slotProps={{
        paper: {
          role: 'dialog',
          'aria-label': `Attachment ${visibleText(name)}`,
          sx: { width: 720, maxWidth: '90vw', p: 2, gap: 1.5 },
        },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center' }}>
        <Typography variant="h2" component="h2" sx={{ flex: 1, fontSize: 15, overflowWrap: 'anywhere' }}>
          <bdi>{visibleText(name)}</bdi>
        </Typography>
        <IconButton aria-label="Close the attachment" onClick={onClose} autoFocus>
          <Close fontSize="small" />
        </IconButton>
      </Box>
      {index !== null && <AttachmentContent id={id} index={index} name={name} />}
    </Drawer>
  );
}
