import Close from '@mui/icons-material/Close';
import ErrorOutlined from '@mui/icons-material/ErrorOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { useEffect } from 'react';
import { dismissNotice, useNotice } from '#renderer/state/notice-store.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

/** How long good news stays (ms). A refusal stays until it is dismissed. */
const staysFor = 6000;

/** What just happened, in a line above the status bar. */
export function Notice() {
  const notice = useNotice((state) => state.notice);
  useEffect(() => {
    if (notice?.tone !== 'done') return;
    const timer = setTimeout(dismissNotice, staysFor);
    return () => clearTimeout(timer);
  }, [notice]);
  const refused = notice?.tone === 'refusal';
  return (
    <Box
      sx={{
        position: 'absolute',
        bottom: 8,
        left: 12,
        right: 12,
        display: 'flex',
        pointerEvents: 'none',
        zIndex: 1200,
      }}
    >
      <Box
        role={refused ? 'alert' : 'status'}
        key={refused ? 'alert' : 'status'}
        sx={
          notice
            ? {
                display: 'flex',
                alignItems: 'center',
                gap: 1,
                px: 1.5,
                py: 0.5,
                maxWidth: 720,
                bgcolor: 'text.primary',
                color: 'background.paper',
                borderRadius: 1,
                // Seen where the system sets the colours: a border then has one, whatever it is here.
                border: '1px solid transparent',
                pointerEvents: 'auto',
              }
            : {}
        }
      >
        {notice && (
          <>
            {refused && <ErrorOutlined fontSize="small" />}
            <span>{visibleText(notice.text)}</span>
            <IconButton aria-label="Dismiss" onClick={dismissNotice} sx={{ color: 'inherit' }}>
              <Close sx={{ fontSize: 16 }} />
            </IconButton>
          </>
        )}
      </Box>
    </Box>
  );
}
