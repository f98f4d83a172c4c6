import Box from '@mui/material/Box';
import { visibleText } from '#shared/kernel/visible-text.ts';

/** What a member is called, on one line that never outgrows its place: the whole name is its title. */
export function PersonName({ name, after = '' }: { readonly name: string; readonly after?: string }) {
  const words = `${visibleText(name)}${after}`;
  return (
    <Box
      component="bdi"
      title={words}
      sx={{ display: 'block', minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
    >
      {words}
    </Box>
  );
}
