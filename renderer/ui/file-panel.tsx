import Close from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { beginsAs } from '#shared/kernel/file-beginnings.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { LongText } from './long-text.tsx';
import { ScreenMessage } from './screen-message.tsx';

/** How an opened file may be shown: decided by its bytes, and never by its name. */
export type Shown =
  | { readonly as: 'image'; readonly type: 'image/png' | 'image/jpeg' }
  | { readonly as: 'text'; readonly text: string }
  | { readonly as: 'nothing'; readonly why: string };

/** Characters of a text that are shown: a page of a megabyte helps nobody and stops the window. */
const longestText = 200_000;

const disagrees = 'The content is not what its type says, so it is not shown. It is kept sealed.';

function showText(bytes: Uint8Array<ArrayBuffer>): Shown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\u0000')) return { as: 'nothing', why: disagrees };
    const rest = text.length > longestText ? `\n\n[${text.length - longestText} more characters are not shown]` : '';
    return { as: 'text', text: text.slice(0, longestText) + rest };
  } catch {
    return { as: 'nothing', why: disagrees };
  }
}

function planShowing(type: string, bytes: Uint8Array<ArrayBuffer>): Shown {
  if (type === 'image/png' || type === 'image/jpeg') {
    return beginsAs(type, bytes) ? { as: 'image', type } : { as: 'nothing', why: disagrees };
  }
  if (type === 'text/plain') return showText(bytes);
  return {
    as: 'nothing',
    why: 'A PDF can carry scripts and links, so Probity does not show one here and does not save it to the disk. It is kept sealed.',
  };
}

type Loaded =
  | { readonly ok: true; readonly value: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> } }
  | { readonly ok: false; readonly error: string };
export type LoadFile = () => Promise<Loaded>;

interface Props {
  /** What it is: "Attachment". */
  readonly what: string;
  readonly name: string;
  /** Fetches the file, each time it is another function. Null: nothing is open. */
  readonly load: LoadFile | null;
  readonly onClose: () => void;
}

type Content = { readonly shown: Shown; readonly url: string | null };

/** Picture bytes get an address that only this window can use, and only until the panel closes. */
function useContent(load: LoadFile): Content | null {
  const [content, setContent] = useState<Content | null>(null);
  useEffect(() => {
    let wanted = true;
    let url: string | null = null;
    const show = async () => {
      const loaded = await load();
      if (!wanted) return;
      if (!loaded.ok) return setContent({ shown: { as: 'nothing', why: loaded.error }, url: null });
      const { type, bytes } = loaded.value;
      const shown = planShowing(type, bytes);
      if (shown.as === 'image') url = URL.createObjectURL(new Blob([bytes], { type: shown.type }));
      setContent({ shown, url });
    };
    void show();
    return () => {
      wanted = false;
      if (url) URL.revokeObjectURL(url);
    };
  }, [load]);
  return content;
}

function FileContent({ label, load }: { readonly label: string; readonly load: LoadFile }) {
  const content = useContent(load);
  if (!content) return <ScreenMessage busy title={`Opening ${label}`} />;
  const { shown, url } = content;
  if (shown.as === 'nothing') return <ScreenMessage title="Not shown">{shown.why}</ScreenMessage>;
  if (shown.as === 'image' && url) {
    return <Box component="img" src={url} alt={label} sx={{ maxWidth: '100%', display: 'block' }} />;
  }
  if (shown.as === 'text') {
    return (
      <Box
        component="div"
        role="document"
        aria-label={label}
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
        <LongText text={shown.text} />
      </Box>
    );
  }
  return null;
}

/** A file of unknown origin, shown as a picture or as text, or not at all. */
export function FilePanel({ what, name, load, onClose }: Props) {
  const label = `${what} ${visibleText(name)}`;
  return (
    <Drawer
      anchor="right"
      open={load !== null}
      onClose={onClose}
      slotProps={{
        paper: {
          role: 'dialog',
          'aria-label': label,
          sx: { width: 720, maxWidth: '90vw', p: 2, gap: 1.5 },
        },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center' }}>
        <Typography variant="h2" component="h2" sx={{ flex: 1, fontSize: 15, overflowWrap: 'anywhere' }}>
          <bdi>{visibleText(name)}</bdi>
        </Typography>
        <IconButton aria-label={`Close the ${what.toLowerCase()}`} onClick={onClose} autoFocus>
          <Close fontSize="small" />
        </IconButton>
      </Box>
      {load && <FileContent label={label} load={load} />}
    </Drawer>
  );
}
