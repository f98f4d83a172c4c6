import Box from '@mui/material/Box';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { lookedFor, measuredWords } from '#renderer/words/exposure.ts';
import { readThrough, readThroughIds } from '#shared/domain/sanitising/read-through.ts';
import { type FormPart, fieldsOf } from '../form/fields.ts';
import type { SanitiseForm } from './sanitise-form.ts';

/** What the check looked for and how often it finds it; and what only a person can answer. */
export function ReadThrough({ part }: { readonly part: FormPart<SanitiseForm['answers']> }) {
  const field = fieldsOf(part);
  return (
    <Box role="group" aria-label="Read it as the subject would" sx={{ display: 'grid', gap: 1.5 }}>
      <Box sx={{ color: 'text.secondary', maxWidth: '75ch' }}>
        <p style={{ margin: 0 }}>{lookedFor}</p>
        <p style={{ margin: '0.5em 0 0' }}>{measuredWords}</p>
      </Box>
      {readThroughIds.map((id) => (
        <TextIn key={id} label={readThrough[id].label} lines={2} {...field(id)} />
      ))}
    </Box>
  );
}
