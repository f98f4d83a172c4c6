import { idsOf } from '#shared/kernel/cited.ts';

export const linkKinds = {
  repeat: { label: 'Repeat', means: 'Another report about the same subject or event, told anew.' },
  duplicate: { label: 'Duplicate', means: 'The same report once more: merged, and no corroboration of itself.' },
} as const;

export type LinkKind = keyof typeof linkKinds;
export const linkKindIds = idsOf<LinkKind>(linkKinds);
