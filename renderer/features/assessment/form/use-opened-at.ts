import { useState } from 'react';
import { toLondonInput } from '#renderer/ui/london-input.ts';

/** When the form was opened, as a date-and-time field takes it: what it offers until somebody says otherwise. */
export function useOpenedAt(): string {
  const [openedAt] = useState(() => toLondonInput(Date.now()));
  return openedAt;
}
