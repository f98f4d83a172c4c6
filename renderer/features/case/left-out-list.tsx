import Box from '@mui/material/Box';
import { fileSize } from '#renderer/ui/counted.ts';
import { leftOutWords } from '#renderer/words/left-out.ts';
import type { LeftOut } from '#shared/domain/report/attachments.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

const told = ({ type, size, why }: LeftOut): string =>
  [
    type === null ? 'Type not known' : visibleText(type),
    size === null ? 'size not known' : fileSize(size),
    leftOutWords[why],
  ].join(', ');

/** What was sent with the report and did not come with it. */
export function LeftOutList({ leftOut }: { readonly leftOut: readonly LeftOut[] }) {
  if (leftOut.length === 0) return null;
  return (
    <Box sx={{ mt: 1 }}>
      <Box id="left-out">
        Left out when the report was taken in, and not in Probity. Ask the contact centre for what you need, by the
        reference.
      </Box>
      <Box component="ul" aria-labelledby="left-out" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {leftOut.map((each) => (
          <Box component="li" key={each.index} sx={{ minHeight: 32, py: 0.5, overflowWrap: 'anywhere' }}>
            <bdi>{each.name === null ? `Attachment ${each.index + 1}, without a name` : visibleText(each.name)}</bdi>
            <Box component="span" sx={{ color: 'text.secondary', ml: 1.5 }}>
              {told(each)}
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
