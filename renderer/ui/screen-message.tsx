import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly children?: ReactNode;
  /** What to do next. */
  readonly action?: ReactNode;
  readonly busy?: boolean;
  /** Something went wrong: read out at once. */
  readonly alert?: boolean;
}

/** A whole area that has something to say instead of content: empty, loading, refused, failed. */
export function ScreenMessage({ title, children, action, busy = false, alert = false }: Props) {
  return (
    <Box role={alert ? 'alert' : 'status'} sx={{ m: 'auto', p: 3, maxWidth: 480, textAlign: 'left' }}>
      <Typography component="p" sx={{ fontSize: 15, fontWeight: 600, mb: 0.5 }}>
        {title}
      </Typography>
      {children && (
        <Typography component="div" sx={{ color: 'text.secondary', fontSize: 14 }}>
          {children}
        </Typography>
      )}
      {busy && <LinearProgress aria-label={title} sx={{ mt: 1.5, width: 240 }} />}
      {action && <Box sx={{ mt: 1.5 }}>{action}</Box>}
    </Box>
  );
}
