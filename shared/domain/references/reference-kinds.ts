import { type Cited, idsOf } from '#shared/kernel/cited.ts';

interface ReferenceKind extends Cited {
  /** How it is written, where that is published; null: as the other system has it, unchecked. */
  readonly form: RegExp | null;
  readonly example: string | null;
}

const unpublished = { form: null, example: null, standing: 'unsure' } as const;

/** What other systems call the same matter. */
export const referenceKinds = {
  crimestoppers: {
    label: 'Crimestoppers',
    form: /^PA-\d{6,9}$/,
    example: 'PA-004211',
    source: 'The central referral endpoint, which gives it (docs/protocol.md)',
    standing: 'found',
  },
  iopc: { label: 'IOPC', ...unpublished, source: 'No published form was found' },
  centurion: {
    label: 'Centurion',
    ...unpublished,
    source:
      'One force publishes its own (AB/1234/22: Metropolitan Police FOI 01.FOI.22.027609); no form of all forces was found',
  },
  crimeNumber: { label: 'Crime number', ...unpublished, source: 'Each force has its own form' },
  intelligence: { label: 'Intelligence URN', ...unpublished, source: 'Each force has its own form' },
  operation: { label: 'Operation', ...unpublished, source: 'A name, which has no form' },
} as const satisfies Record<string, ReferenceKind>;

export type ReferenceKindId = keyof typeof referenceKinds;
export const referenceKindIds = idsOf<ReferenceKindId>(referenceKinds);

const opWord = /^op(?:eration)?\b[.\s-]*(?=\S)/i;

/** As the other system writes it, however somebody typed it, where that is known; of an operation the name without that word. */
export function evenReference(kind: ReferenceKindId, text: string): string {
  if (kind === 'operation') return text.replace(opWord, '');
  const [, digits] = (kind === 'crimestoppers' && /^\s*PA[^\p{L}\p{N}]*(\d{6,9})\s*$/iu.exec(text)) || [];
  return digits ? `PA-${digits}` : text;
}
