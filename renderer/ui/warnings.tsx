import Alert from '@mui/material/Alert';

/** What to stop at before going on: it refuses nothing. */
export function Warnings({ of: warnings }: { readonly of: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <Alert severity="warning" variant="outlined" role="status">
      {warnings.map((warning) => (
        <div key={warning}>{warning}</div>
      ))}
    </Alert>
  );
}
