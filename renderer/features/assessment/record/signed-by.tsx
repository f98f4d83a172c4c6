import Box from '@mui/material/Box';
import { useCase } from '#renderer/state/case-store.ts';
import { When } from '#renderer/ui/when.tsx';
import type { Signed } from '#shared/domain/event/signed.ts';
import { signatureWords } from '../case-view.ts';

/** Who signed, when, and whether it is proved. */
export function SignedBy({ by: signed, verb }: { readonly by: Signed; readonly verb?: string }) {
  const names = useCase((state) => state.view?.names);
  const signature = useCase((state) => state.view?.signatures[signed.entry]);
  const who = signed.by ? (names?.[signed.by] ?? 'A former member') : 'Central endpoint';
  return (
    <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
      {verb ? `${verb} by ${who}, ` : `${who}, `}
      <When at={signed.at} />
      {`, ${signatureWords[signature ?? 'broken']}`}
    </Box>
  );
}
