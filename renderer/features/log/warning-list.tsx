import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { openCase } from '#renderer/state/screen-store.ts';
import type { useStatus } from '#renderer/state/status-store.ts';
import { count } from '#renderer/ui/visible-text.ts';
import { sayWarning } from '#renderer/words/warnings.ts';

type Warning = NonNullable<ReturnType<typeof useStatus.getState>['status']>['warnings'][number];

export function WarningList({ warnings }: { readonly warnings: readonly Warning[] }) {
  if (warnings.length === 0) return <Typography>None. Everything that was read verifies.</Typography>;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
      {warnings.map((warning) => {
        const { code, position, case: id } = warning;
        return (
          <li key={`${code} ${position} ${id}`}>
            <Alert
              severity="error"
              variant="outlined"
              action={
                id && (
                  <Button color="inherit" onClick={() => void openCase(id)}>
                    Open the case
                  </Button>
                )
              }
            >
              {sayWarning(warning)}
              <Typography variant="caption" component="p">
                {position === null ? code : `${code}, entry ${count(position)}`}
              </Typography>
            </Alert>
          </li>
        );
      })}
    </Box>
  );
}
